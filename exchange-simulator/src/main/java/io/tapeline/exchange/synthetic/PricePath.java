package io.tapeline.exchange.synthetic;

import java.util.Arrays;

/**
 * Where a pair's price tends to at any time, past or future, told by the seed alone: noise of many
 * periods on top of one another, each as high as the root of its period, as a random walk has it.
 * Integers throughout, so that every machine gives the same prices. Not thread-safe.
 */
public final class PricePath {

    private static final long MILLIS_PER_SECOND = 1_000L;

    /** Periods in seconds: 8 s times powers of four, up to 24 days. */
    private static final int PERIODS = 10;

    private static final long FIRST_PERIOD_SECONDS = 8;

    /** A billionth is the unit of deviation. */
    private static final long ONE = 1_000_000_000L;

    /**
     * The cell in which each period was last asked, and its two ends: neighbouring times share most
     * of them.
     */
    private final long[] cells = new long[PERIODS];

    private final long[] lefts = new long[PERIODS];
    private final long[] rights = new long[PERIODS];
    private final long seed;
    private final long basePrice;
    private final long tick;
    private final long roughness;

    /**
     * @param basePrice the price around which all moves, in price units
     * @param tick every price is a multiple of it
     * @param roughness how many billionths the shortest period moves the price by, at most
     */
    public PricePath(long seed, long basePrice, long tick, long roughness) {
        this.seed = seed;
        this.basePrice = basePrice;
        this.tick = tick;
        this.roughness = roughness;
        Arrays.fill(cells, Long.MIN_VALUE);
    }

    static PricePath of(SyntheticPair pair, long seed) {
        return new PricePath(seed, pair.basePrice(), pair.spec().tickUnits(), pair.roughness());
    }

    /** The price at the time, a positive multiple of the tick. */
    public long at(long epochMillis) {
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
        if (cells[octave] != cell) {
            lefts[octave] = cells[octave] + 1 == cell ? rights[octave] : knot(octave, cell, height);
            rights[octave] = knot(octave, cell + 1, height);
            cells[octave] = cell;
        }
        long within = epochMillis - cell * period;
        return lefts[octave] + (rights[octave] - lefts[octave]) * (within / 8) / (period / 8);
    }

    private long knot(int octave, long cell, long height) {
        return Mix.below(Mix.of(seed, octave, cell), 2 * height + 1) - height;
    }
}
