package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.EventFault;
import io.tapeline.exchange.fault.EventFault.Delay;
import io.tapeline.exchange.fault.EventFault.Duplicate;
import io.tapeline.exchange.fault.EventFault.Gap;
import io.tapeline.exchange.fault.EventFault.MissingClose;
import io.tapeline.exchange.fault.EventFault.Reorder;
import io.tapeline.exchange.fault.EventFault.SnapshotAhead;
import io.tapeline.exchange.fault.EventFault.Stall;
import io.tapeline.exchange.market.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What one fault does to the events that it strikes: hands each on never, once, twice or later.
 * Called by one thread at a time.
 */
interface EventFilter {

    void take(Delivery event, Consumer<Delivery> onward);

    /** Hands on what has been held back until now. */
    default void release(Instant now, Consumer<Delivery> onward) {}

    /** Hands on all that is held back; the fault is over. */
    default void flush(Consumer<Delivery> onward) {}

    static EventFilter of(EventFault fault, ActiveFault active, InstantSource clock) {
        return switch (fault) {
            case Stall _ -> dropping(active, event -> true);
            case Gap gap -> dropping(active, chance(gap.chance(), gap.seed()));
            case MissingClose _ -> dropping(active, EventFilter::closesCandle);
            case Duplicate twice -> doubling(active, chance(twice.chance(), twice.seed()));
            case Reorder reorder -> new Shuffling(active, reorder.window(), reorder.seed());
            case Delay delay -> new Holding(active, delay.by(), clock);
            case SnapshotAhead ahead -> new Holding(active, ahead.by(), clock);
        };
    }

    private static EventFilter dropping(ActiveFault active, Predicate<Delivery> test) {
        return (event, onward) -> {
            if (!test.test(event) || !active.tryStrikeEach(event.connection().text())) {
                onward.accept(event);
            }
        };
    }

    private static EventFilter doubling(ActiveFault active, Predicate<Delivery> test) {
        return (event, onward) -> {
            onward.accept(event);
            if (test.test(event) && active.tryStrikeEach(event.connection().text())) {
                onward.accept(event);
            }
        };
    }

    /** Each connection has luck of its own, the same with the same seed and number. */
    private static Predicate<Delivery> chance(int percent, long seed) {
        Map<Long, SplittableRandom> luck = new HashMap<>();
        return event ->
                luck.computeIfAbsent(
                                        event.connection().id(),
                                        id -> new SplittableRandom(seed * 31 + id))
                                .nextInt(100)
                        < percent;
    }

    private static boolean closesCandle(Delivery event) {
        return event.stream().kind() instanceof StreamName.Klines
                && new String(event.frame().raw(), StandardCharsets.UTF_8).contains("\"x\":true");
    }
}
