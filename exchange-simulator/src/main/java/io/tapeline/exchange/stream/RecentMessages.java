package io.tapeline.exchange.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Counts what happened within the last while. Not thread-safe. */
final class RecentMessages {

    private final Instant[] times;
    private final Duration window;
    private int next;

    /**
     * @param most how many are allowed within the window
     * @param window the while
     */
    RecentMessages(int most, Duration window) {
        this.times = new Instant[most];
        this.window = window;
        Arrays.fill(times, Instant.MIN);
    }

    /** Counts one now; says whether it is still within what is allowed. */
    boolean allows(Instant now) {
        Instant oldest = times[next];
        times[next] = now;
        next = (next + 1) % times.length;
        return oldest.equals(Instant.MIN) || Duration.between(oldest, now).compareTo(window) >= 0;
    }
}
