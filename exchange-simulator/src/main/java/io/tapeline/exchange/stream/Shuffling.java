package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Collects events of a connection and hands them on in another order. */
final class Shuffling implements EventFilter {

    private final ActiveFault active;
    private final int window;
    private final SplittableRandom random;
    private final Map<Connection, List<Delivery>> collected = new LinkedHashMap<>();

    Shuffling(ActiveFault active, int window, long seed) {
        this.active = active;
        this.window = window;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void take(Delivery event, Consumer<Delivery> onward) {
        Connection connection = event.connection();
        List<Delivery> group = collected.get(connection);
        if (group == null) {
            if (active.over() || active.usedUp(connection.text())) {
                onward.accept(event);
                return;
            }
            group = new ArrayList<>();
            collected.put(connection, group);
        }
        group.add(event);
        if (group.size() == window) {
            collected.remove(connection);
            // Counted when it is whole: the last one counted ends the fault.
            (active.tryStrikeEach(connection.text()) ? shuffled(group) : group).forEach(onward);
        }
    }

    /** Never the order in which they came. */
    private List<Delivery> shuffled(List<Delivery> group) {
        List<Delivery> order = new ArrayList<>(group);
        for (int i = order.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Delivery swapped = order.get(i);
            order.set(i, order.get(other));
            order.set(other, swapped);
        }
        if (order.equals(group)) {
            order.add(order.removeFirst());
        }
        return order;
    }

    @Override
    public void flush(Consumer<Delivery> onward) {
        collected.values().forEach(group -> group.forEach(onward));
        collected.clear();
    }
}
