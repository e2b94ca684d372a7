package io.tapeline.ingestor.publish;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Events that were lost on the way to Kafka, gathered for each instrument, kind and cause until
 * Kafka takes records again. It is as large as there are instruments, whatever is lost.
 * Thread-safe. Times are of {@link System#nanoTime}.
 */
final class LossLedger {

    private record Key(Instrument instrument, EventKind kind, String cause) {}

    /**
     * Losses of one kind, one after the other or with arrivals in between.
     *
     * @param first lowest of the span, as {@link io.tapeline.ingestor.feed.EventSpan} says
     * @param last highest of the span, inclusive
     */
    record Loss(
            Instrument instrument,
            EventKind kind,
            String cause,
            long first,
            long last,
            long events,
            long beganNanos,
            long newestNanos) {

        private Loss with(Loss other) {
            return new Loss(
                    instrument,
                    kind,
                    cause,
                    Math.min(first, other.first),
                    Math.max(last, other.last),
                    events + other.events,
                    earlier(beganNanos, other.beganNanos),
                    later(newestNanos, other.newestNanos));
        }

        private static long earlier(long a, long b) {
            return a - b < 0 ? a : b;
        }

        private static long later(long a, long b) {
            return a - b < 0 ? b : a;
        }
    }

    private final Map<Key, Loss> open = new HashMap<>();

    synchronized void lost(Loss loss) {
        open.merge(new Key(loss.instrument, loss.kind, loss.cause), loss, Loss::with);
    }

    /**
     * Takes out what is to be written now: losses that have been quiet for a while, since while
     * they go on every entry would be one of many; and those that have gone on for too long to
     * wait.
     */
    synchronized List<Loss> takeSettled(long nowNanos, Duration quiet, Duration longest) {
        List<Loss> settled = new ArrayList<>();
        for (Iterator<Loss> losses = open.values().iterator(); losses.hasNext(); ) {
            Loss loss = losses.next();
            if (nowNanos - loss.newestNanos >= quiet.toNanos()
                    || nowNanos - loss.beganNanos >= longest.toNanos()) {
                settled.add(loss);
                losses.remove();
            }
        }
        return settled;
    }

    synchronized long events() {
        return open.values().stream().mapToLong(Loss::events).sum();
    }
}
