package io.tapeline.schemas.market;

import java.math.BigDecimal;

/** Decimal text to numbers and back. */
final class DecimalText {

    private static final int MAX_TEXT = 64;

    private DecimalText() {}

    static Decimal parse(CharSequence text) {
        int length = text.length();
        int at = 0;
        boolean negative = length > 0 && text.charAt(0) == '-';
        if (negative) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int scale = 0;
        int point = -1;
        for (int i = at; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits >= Decimal.LONG_DIGITS) {
                    return parseWide(text);
                }
                mantissa = mantissa * 10 + (c - '0');
                if (mantissa != 0) {
                    digits++;
                }
                if (point >= 0) {
                    scale++;
                }
            } else if (c == '.' && point < 0 && i > at) {
                point = i;
            } else if ((c == 'e' || c == 'E') && i > at) {
                return parseWide(text);
            } else {
                throw malformed(text);
            }
        }
        if (length == at || point == length - 1 || scale > Decimal.MAX_DIGITS) {
            throw malformed(text);
        }
        return Decimal.of(negative ? -mantissa : mantissa, scale);
    }

    /** Long mantissas and exponents: rare, so by way of BigDecimal. */
    private static Decimal parseWide(CharSequence text) {
        String s = text.toString();
        if (s.length() > MAX_TEXT || !s.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
            throw malformed(text);
        }
        BigDecimal value = new BigDecimal(s);
        // Exponents are bounded before the value is spelled out: 1e999 must not become a thousand
        // digits.
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

    static String print(long mantissa, int scale) {
        if (scale == 0) {
            return Long.toString(mantissa);
        }
        String digits = Long.toString(Math.abs(mantissa));
        if (mantissa == Long.MIN_VALUE) {
            return BigDecimal.valueOf(mantissa, scale).toPlainString();
        }
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
        String shown =
                text.length() > MAX_TEXT ? text.subSequence(0, MAX_TEXT) + "..." : text.toString();
        return new IllegalArgumentException(
                "decimal: \""
                        + shown
                        + "\" is not a number of at most "
                        + Decimal.MAX_DIGITS
                        + " digits, such as 61855.30");
    }
}
