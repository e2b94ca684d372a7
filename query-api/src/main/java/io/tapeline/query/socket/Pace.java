package io.tapeline.query.socket;

/** So many a second, twice as many at once. One thread at a time. */
final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private double left;
    private long lastNanos;

    Pace(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.left = 2.0 * perSecond;
        this.lastNanos = nanoTime;
    }

    int perSecond() {
        return perSecond;
    }

    boolean take(long nanoTime) {
        left =
                Math.min(
                        2.0 * perSecond,
                        left + (nanoTime - lastNanos) / NANOS_PER_SECOND * perSecond);
        lastNanos = nanoTime;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
