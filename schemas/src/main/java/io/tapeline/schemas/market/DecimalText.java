package io.tapeline.schemas.market;

import java.math.BigDecimal;

/** Decimal text to numbers and back. */
final class DecimalText {

    /** So much of a text that is no decimal is shown. */
    private static final int SHOWN = 64;

    /** Exponents of more digits are refused before they are read. */
    private static final int EXPONENT_DIGITS = 3;

    private DecimalText() {}

    static Decimal parse(CharSequence text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        long mantissa = 0; // of up to nineteen digits, the sign bit tells whether it fits
        int digits = 0;
        int point = -1;
        int i = start;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits > 0 || c != '0') {
                    digits++;
                }
                mantissa = mantissa * 10 + (c - '0');
            } else if (c == '.' && point < 0 && i > start) {
                point = i;
            } else {
                break;
            }
        }
        int scale = point < 0 ? 0 : i - point - 1;
        if (i == start || point == i - 1 || digits > Decimal.MAX_DIGITS) {
            throw malformed(text);
        }
        if (i < length || digits > 19 || mantissa < 0) {
            return large(text, i);
        }
        if (scale > Decimal.MAX_DIGITS) {
            throw malformed(text);
        }
        return Decimal.of(start > 0 ? -mantissa : mantissa, scale);
    }

    /** Long mantissas and exponents: rare, so by way of BigDecimal. */
    private static Decimal large(CharSequence text, int end) {
        int exponent = end < text.length() ? exponent(text, end) : 0;
        BigDecimal value =
                new BigDecimal(text.subSequence(0, end).toString()).scaleByPowerOfTen(exponent);
        // Before the value is spelled out: 1e999 must not become a thousand digits.
        if (value.scale() > Decimal.MAX_DIGITS
                || value.precision() - (long) value.scale() > Decimal.MAX_DIGITS) {
            throw malformed(text);
        }
        Decimal decimal = Decimal.of(value);
        if (decimal.toBigDecimal().precision() > Decimal.MAX_DIGITS) {
            throw malformed(text);
        }
        return decimal;
    }

    /** Reads {@code [eE][+-]?digits} to the end. */
    private static int exponent(CharSequence text, int from) {
        int i = from + 1;
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative || (i < text.length() && text.charAt(i) == '+')) {
            i++;
        }
        int digits = text.length() - i;
        boolean wrong = text.charAt(from) != 'e' && text.charAt(from) != 'E';
        if (wrong || digits < 1 || digits > EXPONENT_DIGITS) {
            throw malformed(text);
        }
        int exponent = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw malformed(text);
            }
            exponent = exponent * 10 + (c - '0');
        }
        return negative ? -exponent : exponent;
    }

    static String print(long mantissa, int scale) {
        if (scale == 0) {
            return Long.toString(mantissa);
        }
        if (mantissa == Long.MIN_VALUE) { // has no magnitude of its own type
            return BigDecimal.valueOf(mantissa, scale).toPlainString();
        }
        String digits = Long.toString(Math.abs(mantissa));
        StringBuilder out = new StringBuilder(digits.length() + 3);
        if (mantissa < 0) {
            out.append('-');
        }
        int whole = digits.length() - scale;
        if (whole <= 0) {
            out.append("0.").repeat('0', -whole).append(digits);
        } else {
            out.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
        }
        return out.toString();
    }

    private static IllegalArgumentException malformed(CharSequence text) {
        String shown = text.length() > SHOWN ? text.subSequence(0, SHOWN) + "..." : text.toString();
        return new IllegalArgumentException(
                "decimal: \""
                        + shown
                        + "\" is not a number of at most "
                        + Decimal.MAX_DIGITS
                        + " digits, such as 61855.30");
    }
}
