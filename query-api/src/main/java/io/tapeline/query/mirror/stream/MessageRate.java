package io.tapeline.query.mirror.stream;

/**
 * Messages that a client may send: so many within any second (A.2). Used by one thread at a time.
 */
final class MessageRate {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long[] latest;
    private int next;
    private long count;

    MessageRate(int most) {
        latest = new long[most];
    }

    /** Whether one more may come now; it counts either way. */
    boolean allows(long nowNanos) {
        boolean allowed = count < latest.length || nowNanos - latest[next] >= SECOND_NANOS;
        latest[next] = nowNanos;
        next = (next + 1) % latest.length;
        count++;
        return allowed;
    }
}
