package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;

/**
 * When a snapshot was asked for, and when it may be asked for again: the guard against request
 * storms of a book that breaks over and over.
 *
 * @param attempts requests since the book was last calm
 * @param lastRequest meaningless while {@code attempts} is 0
 */
public record RequestPacing(int attempts, EpochMicros lastRequest) {

    public static final RequestPacing FRESH = new RequestPacing(0, new EpochMicros(0));

    private static final int MAX_DOUBLINGS = 20;
    private static final long NANOS_PER_MICRO = 1_000;

    boolean isDue(EpochMicros now, SyncSettings settings) {
        return attempts == 0
                || now.value() - lastRequest.value() >= micros(waitAfter(attempts, settings));
    }

    RequestPacing requested(EpochMicros now) {
        return new RequestPacing(attempts + 1, now);
    }

    /** Fresh again where the newest request lies far enough back. */
    RequestPacing afterCalm(EpochMicros now, SyncSettings settings) {
        return now.value() - lastRequest.value() >= micros(settings.calm()) ? FRESH : this;
    }

    private static Duration waitAfter(int attempts, SyncSettings settings) {
        Duration wait =
                settings.firstRetry().multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return wait.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : wait;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / NANOS_PER_MICRO;
    }
}
