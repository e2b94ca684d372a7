package io.tapeline.ingestor.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after so many failures in a row: doubled each time up to a longest, and drawn
 * between half of that and all of it, so that many who failed together do not return together.
 */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;

    public Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "back-off: shortest " + shortest + ", longest " + longest);
        }
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    /**
     * @param failures in a row before this wait, 0 or more
     */
    public Duration after(int failures) {
        Duration doubled = shortest.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        long whole = (doubled.compareTo(longest) > 0 ? longest : doubled).toNanos();
        return Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
