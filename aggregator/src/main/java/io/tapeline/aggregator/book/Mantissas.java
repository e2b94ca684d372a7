package io.tapeline.aggregator.book;

/** Powers of ten that bring mantissas from one scale to another. */
final class Mantissas {

    /** Largest power of ten that fits in a long. */
    static final int MAX_POWER = 18;

    private static final long[] POWERS = new long[MAX_POWER + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= MAX_POWER; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Mantissas() {}

    /**
     * @param power 0 to {@link #MAX_POWER}
     */
    static long powerOfTen(int power) {
        return POWERS[power];
    }

    static boolean overflows(long mantissa, long factor) {
        long low = mantissa * factor;
        return Math.multiplyHigh(mantissa, factor) != low >> (Long.SIZE - 1);
    }
}
