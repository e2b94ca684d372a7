package io.tapeline.ingestor.binance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which connection carries which stream. A stream stays where it is for as long as it is wanted, so
 * that a new listing disturbs nobody; new ones fill the first connections that have room.
 */
final class StreamPlacement {

    /** The exchange's own limit (EXCHANGES.md A.2). */
    static final int EXCHANGE_LIMIT = 1024;

    private final int perConnection;
    private final List<Set<String>> connections = new ArrayList<>();

    StreamPlacement(int perConnection) {
        if (perConnection < 1 || perConnection > EXCHANGE_LIMIT) {
            throw new IllegalArgumentException(
                    "streams per connection: " + perConnection + " is not 1 to " + EXCHANGE_LIMIT);
        }
        this.perConnection = perConnection;
    }

    /**
     * The streams of each connection, by its number; an empty set where none is needed any more.
     */
    List<Set<String>> place(Set<String> wanted) {
        connections.forEach(streams -> streams.retainAll(wanted));
        Set<String> homeless = new TreeSet<>(wanted);
        connections.forEach(homeless::removeAll);
        Iterator<String> next = homeless.iterator();
        for (int number = 0; next.hasNext(); number++) {
            if (number == connections.size()) {
                connections.add(new LinkedHashSet<>());
            }
            Set<String> streams = connections.get(number);
            while (streams.size() < perConnection && next.hasNext()) {
                streams.add(next.next());
            }
        }
        return connections.stream().map(Set::copyOf).toList();
    }
}
