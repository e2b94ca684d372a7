package io.tapeline.exchange.synthetic;

/**
 * Where a pair's price tends to at any time, past or future, told by the seed alone: noise of many
 * periods on top of one another, each as high as the root of its period, as a random walk has it.
 * Integers throughout, so that every machine gives the same prices.
 */
final class PricePath {

    private static final long MILLIS_PER_SECOND = 1_000L;

    /** Periods in seconds: 8 s times powers of four, up to 24 days. */
    private static final int PERIODS = 10;

    private static final long FIRST_PERIOD_SECONDS = 8;

    /** A billionth is the unit of deviation. */
    private static final long ONE = 1_000_000_000L;

    private final long seed;
    private final long basePrice;
    private final long tick;
    private final long roughness;

    /**
     * @param basePrice the price around which all moves, in price units
     * @param tick every price is a multiple of it
     * @param roughness how many billionths the shortest period moves the price by, at most
     */
    PricePath(long seed, long basePrice, long tick, long roughness) {
        this.seed = seed;
        this.basePrice = basePrice;
        this.tick = tick;
        this.roughness = roughness;
    }

    /** The price at the time, a positive multiple of the tick. */
    long at(long epochMillis) {
        long deviation = 0;
        long period = FIRST_PERIOD_SECONDS * MILLIS_PER_SECOND;
        long height = roughness;
        for (int i = 0; i < PERIODS; i++) {
            deviation += noise(i, epochMillis, period, height);
            period *= 4;
            height *= 2;
        }
        long price = basePrice + scaled(deviation);
        return Math.max(tick, price / tick * tick);
    }

    private long scaled(long deviation) {
        // Two parts, so that no product outgrows 64 bits.
        long whole = basePrice / ONE * deviation;
        return whole + basePrice % ONE * deviation / ONE;
    }

    private long noise(int octave, long epochMillis, long period, long height) {
        long cell = Math.floorDiv(epochMillis, period);
        long within = Math.floorMod(epochMillis, period);
        long left = knot(octave, cell, height);
        long right = knot(octave, cell + 1, height);
        return left + (right - left) * (within / 8) / (period / 8);
    }

    private long knot(int octave, long cell, long height) {
        return Mix.below(Mix.of(seed, octave, cell), 2 * height + 1) - height;
    }
}
