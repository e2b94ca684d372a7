package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a live book has still to reach, because a snapshot told of it: the updates between are on
 * their way, or were missed. Answers of REST and frames of a stream are not ordered to one another,
 * so that only time tells which.
 *
 * @param expected the update id to be reached within the time allowed: that of the oldest snapshot
 *     not reached, so that newer ones cannot put the verdict off
 * @param since when that time began; null where it begins with the next tick, as after a restore
 * @param newest update id of the newest snapshot, at least {@code expected}
 * @param held that snapshot; null after a restore, for the changelog tells the ids alone
 */
public record Ahead(
        long expected, @Nullable EpochMicros since, long newest, @Nullable HeldSnapshot held) {

    private static final long NANOS_PER_MICRO = 1_000;

    public Ahead {
        if (newest < expected) {
            throw new IllegalArgumentException(
                    "ahead: newest " + newest + " is below expected " + expected);
        }
    }

    static Ahead of(HeldSnapshot held, EpochMicros now) {
        long id = held.snapshot().lastUpdateId();
        return new Ahead(id, now, id, held);
    }

    /** As the changelog tells it. */
    public static Ahead restored(long expected, long newest) {
        return new Ahead(expected, null, newest, null);
    }

    /** What is ahead of a book once a snapshot came: the same as before, where it is not ahead. */
    static @Nullable Ahead and(
            @Nullable Ahead before, long updateId, HeldSnapshot snapshot, EpochMicros now) {
        if (snapshot.snapshot().lastUpdateId() <= updateId) {
            return before;
        }
        return before == null ? of(snapshot, now) : before.and(snapshot);
    }

    /** Another snapshot: the newest one is held. */
    Ahead and(HeldSnapshot other) {
        long id = other.snapshot().lastUpdateId();
        return id > newest || id == newest && held == null
                ? new Ahead(expected, since, id, other)
                : this;
    }

    /** After the book came to an update id: null where nothing is ahead of it any more. */
    @Nullable Ahead at(long updateId, EpochMicros now) {
        if (updateId >= newest) {
            return null;
        }
        return updateId >= expected ? new Ahead(newest, now, newest, held) : this;
    }

    Ahead from(EpochMicros now) {
        return since == null ? new Ahead(expected, now, newest, held) : this;
    }

    boolean isOverdue(EpochMicros now, Duration patience) {
        return since != null && now.value() - since.value() >= patience.toNanos() / NANOS_PER_MICRO;
    }
}
