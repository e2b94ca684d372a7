package io.tapeline.query.follow;

import org.jspecify.annotations.Nullable;

/**
 * Whether a feed tells of an instrument, since when none does, and when one may be asked again.
 * Under the lock of what is followed.
 */
final class Attachment {

    private static final int MOST_DOUBLINGS = 3;

    /** Since when no feed tells of it; null while one does. */
    private @Nullable Long detachedNanos;

    /** No feed is asked before. */
    private long notBeforeNanos;

    /** Since a feed last told of it. */
    private int misses;

    /** No feed tells of it yet, and one may be asked at once. */
    Attachment(long nanoTime) {
        detachedNanos = nanoTime;
        notBeforeNanos = nanoTime;
    }

    void attached() {
        detachedNanos = null;
        misses = 0;
    }

    /**
     * @param pauseNanos no feed is asked before it has passed; twice as long each time, up to eight
     *     times
     */
    void detached(long nanoTime, long pauseNanos) {
        detachedNanos = detachedNanos == null ? Long.valueOf(nanoTime) : detachedNanos;
        notBeforeNanos = nanoTime + (pauseNanos << Math.min(misses, MOST_DOUBLINGS));
        misses++;
    }

    boolean mayBeAsked(long nanoTime) {
        return nanoTime - notBeforeNanos >= 0;
    }

    /** Whether for longer than so long no feed has told of it. */
    boolean isAwayFor(long nanos, long nanoTime) {
        return detachedNanos != null && nanoTime - detachedNanos > nanos;
    }
}
