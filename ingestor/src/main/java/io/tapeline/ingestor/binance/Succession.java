package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotState.Draining;
import io.tapeline.ingestor.binance.SlotState.Overlapping;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.binance.SlotState.Replacing;
import io.tapeline.ingestor.binance.SlotState.Single;
import io.tapeline.ingestor.connection.ConnectionState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a connection that is being replaced comes to its end: not before its successor has everything
 * and nothing of the old one is on its way. What the successor is refused and the old one still
 * carries is waited for, but not for ever. Times are of {@link System#nanoTime}.
 */
final class Succession {

    /** What the connections have brought; asked when a succession is decided. */
    interface Carriage {

        /** Whether this session has brought an event of the stream. */
        boolean brought(long session, String stream);

        /** When this session brought its last message, nanoseconds since the epoch. */
        long newestNanos(long session);
    }

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    /**
     * How long a successor may be open without what it is refused. It is asked for four or five
     * times until then, and the exchange does not cut the old one yet, which is replaced an hour
     * before that. Streams that fall silent are not noticed meanwhile, so it is not longer.
     */
    private static final long PATIENCE_NANOS = Duration.ofMinutes(20).toNanos();

    private final Carriage carriage;
    private final LegDriver driver;
    private final long overlapNanos;

    /**
     * @param driver told when to look again
     * @param overlap how long two connections carry the same streams, unless each active stream has
     *     come on the new one sooner
     */
    Succession(Carriage carriage, LegDriver driver, Duration overlap) {
        this.carriage = carriage;
        this.driver = driver;
        this.overlapNanos = overlap.toNanos();
    }

    /**
     * What follows, once both connections have been brought as far as they go now; the same object
     * if nothing does.
     *
     * @param into what is to be done is added here
     */
    SlotState next(Replacing replacing, Set<String> wanted, long now, List<SlotAction> into) {
        Leg current = replacing.current();
        Leg successor = replacing.successor();
        String why = replacing.why();
        if (!successor.isComplete() || isWaitedFor(current, successor, wanted, now)) {
            current.subscriptions().fence().withdraw();
            return new Preparing(current, successor, why);
        }
        return switch (replacing) {
            case Preparing _ -> new Overlapping(current, successor, why, now);
            case Overlapping overlapping -> {
                long end = overlapping.sinceNanos() + overlapNanos;
                if (now - end >= 0 || hasBroughtAll(wanted, current, successor)) {
                    current.subscriptions().fence().want();
                    yield new Draining(current, successor, why);
                }
                driver.wakeAt(Math.min(end - now, LOOK_EVERY_NANOS) + now);
                yield overlapping;
            }
            case Draining draining -> {
                if (!current.subscriptions().fence().isPassed()) {
                    yield draining;
                }
                into.add(new SlotAction.Close(current.session()));
                into.add(new Note.Replaced(why));
                yield new Single(successor);
            }
        };
    }

    /**
     * Whether the old one carries what the successor was refused, and there is time to ask again.
     */
    private boolean isWaitedFor(Leg current, Leg successor, Set<String> wanted, long now) {
        if (!(successor.state() instanceof ConnectionState.Open(_, long since))
                || wanted.stream()
                        .allMatch(stream ->
                                successor.subscriptions().holds(stream)
                                        || !current.subscriptions().has(stream))) {
            return false;
        }
        long end = since + PATIENCE_NANOS;
        if (now - end >= 0) {
            return false;
        }
        driver.wakeAt(end);
        return true;
    }

    private boolean hasBroughtAll(Set<String> wanted, Leg current, Leg successor) {
        return wanted.stream()
                .filter(stream -> carriage.brought(current.session(), stream))
                .allMatch(stream -> carriage.brought(successor.session(), stream));
    }
}
