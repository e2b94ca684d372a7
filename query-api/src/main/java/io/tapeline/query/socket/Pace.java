package io.tapeline.query.socket;

/** So many a second, twice as many at once. One thread at a time. */
final class Pace {

    /** What one costs, in parts that each come once a nanosecond for each one a second. */
    private static final long ONE = 1_000_000_000L;

    private static final long MOST_SECONDS = 2;

    private final int perSecond;
    private long left;
    private long lastNanos;

    Pace(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.left = MOST_SECONDS * ONE * perSecond;
        this.lastNanos = nanoTime;
    }

    int perSecond() {
        return perSecond;
    }

    boolean take(long nanoTime) {
        long most = MOST_SECONDS * ONE * perSecond;
        long since = Math.min(nanoTime - lastNanos, MOST_SECONDS * ONE);
        left = Math.min(most, left + since * perSecond);
        lastNanos = nanoTime;
        if (left < ONE) {
            return false;
        }
        left -= ONE;
        return true;
    }
}
