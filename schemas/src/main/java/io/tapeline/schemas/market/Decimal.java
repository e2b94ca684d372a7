package io.tapeline.schemas.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal: {@code mantissa * 10^-scale}. Any text of up to {@value #MAX_DIGITS} digits is
 * kept as it was written, trailing zeros included; the mantissa is a primitive long wherever it
 * fits, which is nearly always.
 *
 * <p>Equality and order are by value: {@code 1.50} equals {@code 1.5}. {@link #toString} is the
 * plain text at this scale.
 */
public final class Decimal implements Comparable<Decimal> {

    /**
     * Most digits that a text may have, before and after the point together, leading zeros not
     * counted.
     */
    public static final int MAX_DIGITS = 38;

    /** Most digits that always fit in a long. */
    static final int LONG_DIGITS = 18;

    public static final Decimal ZERO = new Decimal(0, 0, null);

    private static final long[] POWERS_OF_TEN = new long[LONG_DIGITS + 1];

    /** The largest magnitude that times the power of ten of the same index still fits in a long. */
    private static final long[] LIMITS = new long[LONG_DIGITS + 1];

    static {
        long power = 1;
        for (int i = 0; i <= LONG_DIGITS; i++, power *= 10) {
            POWERS_OF_TEN[i] = power;
            LIMITS[i] = Long.MAX_VALUE / power;
        }
    }

    private final long mantissa;
    private final int scale;

    /** The mantissa where it does not fit in a long; {@code mantissa} is 0 then. */
    private final @Nullable BigInteger wide;

    private Decimal(long mantissa, int scale, @Nullable BigInteger wide) {
        this.mantissa = mantissa;
        this.scale = scale;
        this.wide = wide;
    }

    /**
     * {@code mantissa * 10^-scale}
     *
     * @param scale digits after the point, zero or more
     */
    public static Decimal of(long mantissa, int scale) {
        requireScale(scale);
        return new Decimal(mantissa, scale, null);
    }

    /** The same value at the same scale; a negative scale becomes 0. Any number of digits. */
    public static Decimal of(BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        BigInteger unscaled = plain.unscaledValue();
        return unscaled.bitLength() < Long.SIZE
                ? new Decimal(unscaled.longValue(), plain.scale(), null)
                : new Decimal(0, plain.scale(), unscaled);
    }

    /**
     * Reads {@code -?digits(.digits)?([eE][+-]?digits)?}, up to {@value #MAX_DIGITS} digits.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Decimal parse(CharSequence text) {
        return DecimalText.parse(text);
    }

    private static void requireScale(int scale) {
        if (scale < 0) {
            throw new IllegalArgumentException("decimal: scale " + scale + " is negative");
        }
    }

    /** Digits after the point. */
    public int scale() {
        return scale;
    }

    /** Whether {@link #mantissa} gives the mantissa; if not, only {@link #toBigDecimal} does. */
    public boolean fitsInLong() {
        return wide == null;
    }

    /**
     * {@code value * 10^scale}
     *
     * @throws ArithmeticException if the mantissa does not fit in a long
     */
    public long mantissa() {
        if (wide != null) {
            throw new ArithmeticException("decimal " + this + ": mantissa does not fit in 64 bits");
        }
        return mantissa;
    }

    public BigDecimal toBigDecimal() {
        return wide == null ? BigDecimal.valueOf(mantissa, scale) : new BigDecimal(wide, scale);
    }

    public int signum() {
        return wide == null ? Long.signum(mantissa) : wide.signum();
    }

    /** The same value without trailing zeros after the point. */
    public Decimal normalized() {
        int significant = significantScale();
        if (significant == scale) {
            return this;
        }
        return wide == null && scale - significant <= LONG_DIGITS
                ? new Decimal(mantissa / POWERS_OF_TEN[scale - significant], significant, null)
                : of(toBigDecimal().setScale(significant));
    }

    /** The smallest scale that holds this value exactly: 1 for {@code 61855.30}. */
    public int significantScale() {
        if (wide != null) {
            return Math.max(0, toBigDecimal().stripTrailingZeros().scale());
        }
        if (mantissa == 0) {
            return 0;
        }
        long m = mantissa;
        int s = scale;
        while (s > 0 && m % 10 == 0) {
            m /= 10;
            s--;
        }
        return s;
    }

    /** The smallest scale that holds exactly all the mantissas that share a scale. */
    static int significantScale(long[] mantissas, int size, int scale) {
        int spare = scale;
        for (int i = 0; i < size && spare > 0; i++) {
            long m = mantissas[i];
            if (m != 0) {
                spare = Math.min(spare, LONG_DIGITS);
                while (m % POWERS_OF_TEN[spare] != 0) {
                    spare--;
                }
            }
        }
        return scale - spare;
    }

    /** Mantissas at a smaller scale that holds them exactly. */
    static long[] rescaled(long[] mantissas, int size, int from, int to) {
        long[] out = new long[size];
        if (from - to <= LONG_DIGITS) {
            long divisor = POWERS_OF_TEN[from - to];
            for (int i = 0; i < size; i++) {
                out[i] = mantissas[i] / divisor;
            }
        }
        return out; // more zeros than a long has digits: all of them are 0
    }

    /**
     * The mantissa of this value at another scale.
     *
     * @throws ArithmeticException if it is not exact or does not fit in a long
     */
    public long mantissaAt(int otherScale) {
        if (wide == null) {
            int up = otherScale - scale;
            if (up == 0) {
                return mantissa;
            }
            if (up > 0 && up <= LONG_DIGITS) {
                return Math.multiplyExact(mantissa, POWERS_OF_TEN[up]);
            }
            if (up < 0 && -up <= LONG_DIGITS && mantissa % POWERS_OF_TEN[-up] == 0) {
                return mantissa / POWERS_OF_TEN[-up];
            }
        }
        return toBigDecimal().setScale(otherScale).unscaledValue().longValueExact();
    }

    /** Whether {@link #mantissaAt} would give this value exactly. */
    public boolean fitsAt(int otherScale) {
        if (wide == null) {
            int up = otherScale - scale;
            if (up == 0 || mantissa == 0) {
                return true;
            }
            if (up > 0) {
                return up <= LONG_DIGITS && fits(mantissa, up);
            }
            return -up <= LONG_DIGITS && mantissa % POWERS_OF_TEN[-up] == 0;
        }
        return significantScale() <= otherScale
                && toBigDecimal().setScale(otherScale).unscaledValue().bitLength() < Long.SIZE;
    }

    /**
     * Whether {@code mantissa * 10^up}, up to 18, is a long. Its own least value has no tenfold.
     */
    private static boolean fits(long mantissa, int up) {
        return up == 0 || (mantissa <= LIMITS[up] && mantissa >= -LIMITS[up]);
    }

    public Decimal plus(Decimal other) {
        int common = Math.max(scale, other.scale);
        if (isLongAt(common) && other.isLongAt(common)) {
            long a = scaledUp(common - scale);
            long b = other.scaledUp(common - other.scale);
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) >= 0) {
                return new Decimal(sum, common, null);
            }
        }
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    private long scaledUp(int up) {
        return up == 0 ? mantissa : mantissa * POWERS_OF_TEN[up];
    }

    private boolean isLongAt(int largerScale) {
        int up = largerScale - scale;
        return wide == null && up <= LONG_DIGITS && fits(mantissa, up);
    }

    public Decimal minus(Decimal other) {
        return other.wide == null && other.mantissa != Long.MIN_VALUE
                ? plus(new Decimal(-other.mantissa, other.scale, null))
                : of(toBigDecimal().subtract(other.toBigDecimal()));
    }

    public Decimal times(Decimal other) {
        if (wide == null && other.wide == null) {
            long low = mantissa * other.mantissa;
            if (Math.multiplyHigh(mantissa, other.mantissa) == low >> (Long.SIZE - 1)) {
                return new Decimal(low, Math.addExact(scale, other.scale), null);
            }
        }
        return of(toBigDecimal().multiply(other.toBigDecimal()));
    }

    @Override
    public int compareTo(Decimal other) {
        if (wide != null || other.wide != null) {
            return toBigDecimal().compareTo(other.toBigDecimal());
        }
        if (scale == other.scale) {
            return Long.compare(mantissa, other.mantissa);
        }
        return scale < other.scale
                ? compareAt(other.scale - scale, mantissa, other.mantissa)
                : -compareAt(scale - other.scale, other.mantissa, mantissa);
    }

    /** Compares {@code a * 10^up} with {@code b}. */
    private static int compareAt(int up, long a, long b) {
        if (a == 0 || (up <= LONG_DIGITS && fits(a, up))) {
            return Long.compare(a == 0 ? 0 : a * POWERS_OF_TEN[up], b);
        }
        return Long.signum(a); // beyond every long, and so beyond b
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decimal that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        Decimal n = normalized();
        return n.wide == null
                ? Long.hashCode(n.mantissa) * 31 + n.scale
                : n.wide.hashCode() * 31 + n.scale;
    }

    /** Plain text, never an exponent: {@code 61855.30000000}. */
    @Override
    public String toString() {
        return wide == null ? DecimalText.print(mantissa, scale) : toBigDecimal().toPlainString();
    }
}
