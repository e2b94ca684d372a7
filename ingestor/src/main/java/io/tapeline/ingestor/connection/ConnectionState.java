package io.tapeline.ingestor.connection;

import java.time.Duration;

/**
 * Where a connection stands. Only the legal transitions exist: there is one attempt at a time, and
 * none before the back-off's end. Times are of {@link System#nanoTime}.
 */
public sealed interface ConnectionState {

    /**
     * A connection that held this long has proved itself: its next failure counts as the first.
     * Where many fail in turn, the attempts as a whole are bounded elsewhere.
     */
    Duration PROVED = Duration.ofSeconds(10);

    static Waiting first(long nowNanos) {
        return new Waiting(0, nowNanos);
    }

    /** Not before the due time. */
    record Waiting(int failures, long dueNanos) implements ConnectionState {

        public boolean isDue(long nowNanos) {
            return nowNanos - dueNanos >= 0;
        }

        public Connecting connect() {
            return new Connecting(failures);
        }

        public Waiting postponed(long nowNanos, Duration wait) {
            return new Waiting(failures, nowNanos + wait.toNanos());
        }
    }

    /** An attempt is under way. */
    record Connecting(int failures) implements ConnectionState {

        public Open opened(long nowNanos) {
            return new Open(failures, nowNanos);
        }

        public Waiting failed(long nowNanos, Backoff backoff) {
            return new Waiting(failures + 1, nowNanos + backoff.after(failures).toNanos());
        }
    }

    record Open(int failures, long sinceNanos) implements ConnectionState {

        public Waiting lost(long nowNanos, Backoff backoff) {
            boolean proved = nowNanos - sinceNanos >= PROVED.toNanos();
            int before = proved ? 0 : failures;
            return new Waiting(
                    proved ? 0 : failures + 1, nowNanos + backoff.after(before).toNanos());
        }
    }

    /** For good. */
    record Stopped() implements ConnectionState {}
}
