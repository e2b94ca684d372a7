package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum of products of non-negative longs, exact up to 127 bits, without allocation. */
final class WideSum {

    private static final int LIMB = Long.SIZE;

    private long high;
    private long low;

    void add(long value) {
        addTo(0, value);
    }

    void addProduct(long a, long b) {
        addTo(Math.multiplyHigh(a, b), a * b);
    }

    private void addTo(long h, long l) {
        long sum = low + l;
        long carry = Long.compareUnsigned(sum, l) < 0 ? 1 : 0;
        low = sum;
        high = Math.addExact(high, Math.addExact(h, carry));
    }

    /**
     * @return the sum times {@code 10^-scale}
     */
    Decimal toDecimal(int scale) {
        if (high == 0 && low >= 0) {
            return Decimal.of(low, scale);
        }
        BigInteger whole =
                BigInteger.valueOf(high)
                        .shiftLeft(LIMB)
                        .add(new BigInteger(Long.toUnsignedString(low)));
        return Decimal.of(new BigDecimal(whole, scale));
    }
}
