package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A sum of non-negative longs and of products of two of them, exact and, below 126 bits, without
 * allocation.
 */
final class WideSum {

    private static final int LIMB = Long.SIZE;

    /** A product is at most 2^126: added to less than this high limb, it stays below 2^127. */
    private static final long SPILL_AT = 1L << 61;

    /** What {@link #ofFloor} takes for the largest; no side of longs sums up to it. */
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(124);

    private @Nullable BigInteger spilled;
    private long high;
    private long low;

    /** The whole part of a value that is not negative; of larger ones than 2^124, 2^124. */
    static WideSum ofFloor(BigDecimal value) {
        BigInteger floor = value.setScale(0, RoundingMode.FLOOR).toBigInteger().min(LARGEST);
        WideSum sum = new WideSum();
        sum.high = floor.shiftRight(LIMB).longValue();
        sum.low = floor.longValue();
        return sum;
    }

    void add(long value) {
        addTo(0, value);
    }

    void addProduct(long a, long b) {
        addTo(Math.multiplyHigh(a, b), a * b);
    }

    private void addTo(long h, long l) {
        if (high >= SPILL_AT) {
            spilled = whole();
            high = 0;
            low = 0;
        }
        long sum = low + l;
        long carry = Long.compareUnsigned(sum, l) < 0 ? 1 : 0;
        low = sum;
        high += h + carry;
    }

    /**
     * @param value zero or more
     */
    boolean isAtLeast(long value) {
        return spilled != null || high > 0 || Long.compareUnsigned(low, value) >= 0;
    }

    /** Only where {@link #isAtLeast} says so, and of what {@link #ofFloor} made alone. */
    void subtract(long value) {
        long borrow = Long.compareUnsigned(low, value) < 0 ? 1 : 0;
        low -= value;
        high -= borrow;
    }

    private BigInteger whole() {
        BigInteger sum =
                BigInteger.valueOf(high)
                        .shiftLeft(LIMB)
                        .add(new BigInteger(Long.toUnsignedString(low)));
        return spilled == null ? sum : spilled.add(sum);
    }

    /**
     * @return the sum times {@code 10^-scale}
     */
    BigDecimal toBigDecimal(int scale) {
        return spilled == null && high == 0 && low >= 0
                ? BigDecimal.valueOf(low, scale)
                : new BigDecimal(whole(), scale);
    }

    /**
     * @return the sum times {@code 10^-scale}
     */
    Decimal toDecimal(int scale) {
        return spilled == null && high == 0 && low >= 0
                ? Decimal.of(low, scale)
                : Decimal.of(toBigDecimal(scale));
    }
}
