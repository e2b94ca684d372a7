package io.tapeline.ingestor.connection;

import java.time.Duration;

/**
 * The attempts that one address may make in a span of time (EXCHANGES.md A.2: 300 in 5 minutes),
 * shared by all connections of a process. Thread-safe. Times are of {@link System#nanoTime}.
 */
public final class ConnectionAttempts {

    private final long spanNanos;
    private final long[] made;
    private int next;
    private int count;

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
}
