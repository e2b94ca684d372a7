package io.tapeline.ingestor.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a connection is kept before another takes its place: drawn between nine tenths of the
 * longest and all of it, so that connections opened together do not go together.
 */
public final class Lifetime {

    private static final int JITTER_PART = 10;

    private final long longestNanos;
    private final RandomGenerator random;

    /**
     * @param longest shorter than the exchange's own limit (EXCHANGES.md A.2: 24 h)
     */
    public Lifetime(Duration longest, RandomGenerator random) {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("lifetime: longest " + longest + " is not positive");
        }
        this.longestNanos = longest.toNanos();
        this.random = random;
    }

    /** Of one connection. */
    public Duration draw() {
        return Duration.ofNanos(longestNanos - random.nextLong(longestNanos / JITTER_PART + 1));
    }
}
