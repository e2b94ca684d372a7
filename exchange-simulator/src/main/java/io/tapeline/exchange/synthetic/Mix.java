package io.tapeline.exchange.synthetic;

/**
 * Scatters numbers (the finaliser of SplitMix64): the same input always gives the same output,
 * neighbours give unrelated ones.
 */
final class Mix {

    private Mix() {}

    static long of(long seed, long a) {
        long z = seed + a * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long of(long seed, long a, long b) {
        return of(of(seed, a), b);
    }

    /** A number from 0 (inclusive) to the bound (exclusive). */
    static long below(long mixed, long bound) {
        return Math.floorMod(mixed, bound);
    }
}
