package io.tapeline.query.routing;

import java.time.Duration;

/** Until when one question is worked on. */
record Deadline(long endNanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Never below a millisecond: who asks with the last of it gets a time-out, not an error. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    boolean hasPassed() {
        return System.nanoTime() - endNanos >= 0;
    }
}
