package io.tapeline.ingestor.connection;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The attempts that one address may make in a span of time (EXCHANGES.md A.2: 300 in 5 minutes),
 * shared by all connections of a process. Thread-safe. Times are of {@link System#nanoTime}.
 */
public final class ConnectionAttempts {

    private final long spanNanos;
    private final long[] made;
    private int next;
    private int count;
    private OptionalLong heldUntilNanos = OptionalLong.empty();

    /**
     * @param most attempts in any such span
     */
    public ConnectionAttempts(int most, Duration span) {
        if (most < 1) {
            throw new IllegalArgumentException("connection attempts: " + most + " is below 1");
        }
        this.spanNanos = span.toNanos();
        this.made = new long[most];
    }

    /**
     * Zero: the attempt may be made now and is counted. Else how long to wait before asking again.
     */
    public synchronized Duration reserve(long nowNanos) {
        if (heldUntilNanos.isPresent()) {
            long left = heldUntilNanos.getAsLong() - nowNanos;
            if (left > 0) {
                return Duration.ofNanos(left);
            }
            heldUntilNanos = OptionalLong.empty();
        }
        if (count == made.length) {
            long free = made[next] + spanNanos;
            if (nowNanos - free < 0) {
                return Duration.ofNanos(free - nowNanos);
            }
        } else {
            count++;
        }
        made[next] = nowNanos;
        next = (next + 1) % made.length;
        return Duration.ZERO;
    }

    /** The exchange refused an attempt: none is made from this address for so long. */
    public synchronized void refused(long nowNanos, Duration pause) {
        long until = nowNanos + pause.toNanos();
        if (heldUntilNanos.isEmpty() || until - heldUntilNanos.getAsLong() > 0) {
            heldUntilNanos = OptionalLong.of(until);
        }
    }
}
