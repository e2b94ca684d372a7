package io.tapeline.schemas.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ASCII digits, eight at a time: a word holds eight bytes of text, the first in its lowest byte,
 * each with {@code '0'} taken off.
 */
final class Digits {

    /** Most digits that a word holds. */
    static final int WORD = 8;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030303030303030L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long TEN_REACHES_HIGH_BIT = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final long[] POWERS_OF_TEN = new long[19];

    /** The largest number that times the power of ten of the same index still fits in a long. */
    private static final long[] LIMITS = new long[POWERS_OF_TEN.length];

    static {
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++, power *= 10) {
            POWERS_OF_TEN[i] = power;
            LIMITS[i] = Long.MAX_VALUE / power;
        }
    }

    private Digits() {}

    /** The eight bytes from {@code at}; past the end of the text there are no digits. */
    static long word(byte[] text, int at) {
        if (at <= text.length - WORD) {
            return (long) WORDS.get(text, at) ^ ZEROS;
        }
        long word = 0;
        for (int i = text.length - 1; i >= at; i--) {
            word = (word << Byte.SIZE) | (text[i] & 0xff);
        }
        return word ^ ZEROS;
    }

    /** How many digits the word begins with. */
    static int count(long word) {
        long others = (((word & LOW_BITS) + TEN_REACHES_HIGH_BIT) | word) & HIGH_BITS;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** How many of the word's first {@code count} digits, one or more, are zeros at the end. */
    static int trailingZeros(long word, int count) {
        return Math.min(
                count, Long.numberOfLeadingZeros(word << (Long.SIZE - Byte.SIZE * count)) >>> 3);
    }

    /** The number that the word's first {@code count} digits, one or more, make. */
    static long value(long word, int count) {
        // Shifted up, the missing digits are zeros in front. Then pairs, fours and eights are
        // joined.
        long digits = word << (Long.SIZE - Byte.SIZE * count);
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000ff000000ffL) * 0x000f424000000064L
                        + ((pairs >>> 16) & 0x000000ff000000ffL) * 0x0000271000000001L)
                >>> 32;
    }

    /** {@code 10^exponent}, 0 to 18. */
    static long power(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** Whether a number that is not negative times {@code 10^exponent} fits in a long. */
    static boolean fits(long number, int exponent) {
        return exponent < LIMITS.length && number <= LIMITS[exponent];
    }
}
