package io.tapeline.exchange.market;

import java.math.BigInteger;

/**
 * An exact signed sum of 64-bit numbers in 128 bits: the volumes of a day outgrow a long where a
 * trade's does not. Mutable, not thread-safe.
 */
public final class Sum {

    private long high;
    private long low;

    public void add(long value) {
        long before = low;
        low += value;
        high += (value >> 63) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    /** Adds the exact product of the two numbers. */
    public void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    public void add(Sum other) {
        add(other.high, other.low);
    }

    public void subtract(Sum other) {
        long before = low;
        low -= other.low;
        high -= other.high + (Long.compareUnsigned(before, other.low) < 0 ? 1 : 0);
    }

    private void add(long otherHigh, long otherLow) {
        long before = low;
        low += otherLow;
        high += otherHigh + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    public void clear() {
        high = 0;
        low = 0;
    }

    public void set(Sum other) {
        high = other.high;
        low = other.low;
    }

    public boolean fitsLong() {
        return high == low >> 63;
    }

    /** The sum; only where it {@linkplain #fitsLong() fits}. */
    public long toLong() {
        if (!fitsLong()) {
            throw new ArithmeticException("sum does not fit 64 bits: " + toBigInteger());
        }
        return low;
    }

    public BigInteger toBigInteger() {
        BigInteger unsignedLow =
                BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
