package io.tapeline.exchange.market;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the exchange's JSON: fields in the order of the calls, decimals as strings with eight
 * decimals (more only where the value has more), times in the precision asked for. Not thread-safe.
 */
public final class JsonWriter {

    private static final int SHOWN_DECIMALS = 8;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final TimePrecision precision;
    private byte[] buffer;
    private int length;

    public JsonWriter(TimePrecision precision) {
        this(precision, 256);
    }

    public JsonWriter(TimePrecision precision, int capacity) {
        this.precision = precision;
        this.buffer = new byte[capacity];
    }

    /** Appends the text as it is, in UTF-8. */
    public JsonWriter raw(String text) {
        int n = text.length();
        ensure(n);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return rawBytes(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            buffer[length++] = (byte) c;
        }
        return this;
    }

    public JsonWriter rawBytes(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    public JsonWriter character(char c) {
        ensure(1);
        buffer[length++] = (byte) c;
        return this;
    }

    /**
     * Appends the text between quotes. The text must need no escaping: symbols, intervals and the
     * like.
     */
    public JsonWriter quoted(String text) {
        return character('"').raw(text).character('"');
    }

    public JsonWriter number(long value) {
        ensure(20);
        if (value == Long.MIN_VALUE) {
            return raw(Long.toString(value));
        }
        if (value < 0) {
            buffer[length++] = '-';
            value = -value;
        }
        digits(value, decimalDigits(value));
        return this;
    }

    /**
     * Appends a time given in microseconds since the epoch, in this writer's precision
     * (milliseconds cut, not rounded).
     */
    public JsonWriter time(long epochMicros) {
        return number(
                switch (precision) {
                    case MILLISECOND -> Math.floorDiv(epochMicros, 1_000L);
                    case MICROSECOND -> epochMicros;
                });
    }

    /** Appends {@code mantissa / 10^scale} between quotes. */
    public JsonWriter decimal(long mantissa, int scale) {
        return character('"').bareDecimal(mantissa, scale, SHOWN_DECIMALS).character('"');
    }

    /**
     * Appends {@code mantissa / 10^scale} between quotes, with at least {@code decimals} decimals.
     */
    public JsonWriter decimal(long mantissa, int scale, int decimals) {
        return character('"').bareDecimal(mantissa, scale, decimals).character('"');
    }

    /** Appends {@code sum / 10^scale} between quotes. */
    public JsonWriter decimal(Sum sum, int scale) {
        if (sum.fitsLong()) {
            return decimal(sum.toLong(), scale);
        }
        BigInteger[] parts = sum.toBigInteger().divideAndRemainder(BigInteger.TEN.pow(scale));
        character('"').raw(parts[0].toString()).character('.');
        fraction(parts[1].longValueExact(), scale, SHOWN_DECIMALS);
        return character('"');
    }

    private JsonWriter bareDecimal(long mantissa, int scale, int decimals) {
        ensure(40);
        if (mantissa < 0) {
            buffer[length++] = '-';
            mantissa = Math.negateExact(mantissa);
        }
        long whole = mantissa / POWERS[scale];
        digits(whole, decimalDigits(whole));
        buffer[length++] = '.';
        fraction(mantissa - whole * POWERS[scale], scale, decimals);
        return this;
    }

    private void fraction(long value, int scale, int decimals) {
        ensure(Math.max(scale, decimals));
        if (scale > 0) {
            digits(value, scale);
        }
        for (int i = scale; i < decimals; i++) {
            buffer[length++] = '0';
        }
    }

    private void digits(long value, int count) {
        for (int i = length + count - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        length += count;
    }

    private static int decimalDigits(long value) {
        int digits = 1;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    /**
     * Removes the last byte if it is a comma: for lists written with a comma after each element.
     */
    public JsonWriter dropComma() {
        if (length > 0 && buffer[length - 1] == ',') {
            length--;
        }
        return this;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /** The power of ten, for exponents 0 to 18. */
    public static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }
}
