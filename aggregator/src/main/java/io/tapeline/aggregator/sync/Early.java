package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Updates that came to a live book before their turn: what goes before them may be on its way on
 * another line, or on this one, overtaken. Only time tells whether it was missed.
 *
 * @param updates one or more, each beginning beyond the id that the book expects next
 * @param received when the ingestor received the first of them, or the update that the book came to
 *     since: the time of the gap, if it is one
 * @param since the same by the clock here; null where that begins with the next tick, as after a
 *     restore
 */
public record Early(PendingUpdates updates, EpochMicros received, @Nullable EpochMicros since) {

    private static final long NANOS_PER_MICRO = 1_000;

    public Early {
        if (updates.size() == 0) {
            throw new IllegalArgumentException("early: without updates");
        }
    }

    /** As the changelog tells them; it does not tell times. */
    public static @Nullable Early restored(PendingUpdates updates, EpochMicros received) {
        return updates.size() == 0 ? null : new Early(updates, received, null);
    }

    /** With one more; of null, with this one alone. */
    static Early and(
            @Nullable Early before, DepthUpdate update, EpochMicros received, EpochMicros now) {
        return before == null
                ? new Early(PendingUpdates.NONE.and(update), received, now)
                : new Early(before.updates.and(update), before.received, before.from(now).since);
    }

    Early from(EpochMicros now) {
        return since == null ? new Early(updates, received, now) : this;
    }

    boolean isOverdue(EpochMicros now, Duration window) {
        return since != null && now.value() - since.value() >= window.toNanos() / NANOS_PER_MICRO;
    }
}
