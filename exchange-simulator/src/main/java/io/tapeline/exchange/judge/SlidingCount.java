package io.tapeline.exchange.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what happened within the last while. Bounded; not thread-safe. */
final class SlidingCount {

    private static final int MOST_KEPT = 10_000;

    private final Duration window;
    private final Deque<Instant> times = new ArrayDeque<>();

    SlidingCount(Duration window) {
        this.window = window;
    }

    /** Counts one more, and tells how many there were within the while that ends with it. */
    int add(Instant now) {
        times.add(now);
        Instant from = now.minus(window);
        while (!times.getFirst().isAfter(from) || times.size() > MOST_KEPT) {
            times.remove();
        }
        return times.size();
    }
}
