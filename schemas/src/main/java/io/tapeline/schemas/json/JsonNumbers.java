package io.tapeline.schemas.json;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The numbers of a JSON text: whole ones, times, and decimals with quotes and without. */
abstract class JsonNumbers extends JsonText {

    private long mantissa;
    private int scale;

    /** The last decimal, where its mantissa does not fit in a long. */
    private @Nullable Decimal wide;

    JsonNumbers(String message, byte[] text) {
        super(message, text);
    }

    /** A whole number of up to 64 bits. */
    public final long integer(String field) throws MalformedPayload {
        boolean negative = token() == '-';
        int start = negative ? at + 1 : at;
        int i = start;
        long value = 0;
        int count;
        do {
            long word = Digits.word(text, i);
            count = Digits.count(word);
            if (count > 0) {
                value = value * Digits.power(count) + Digits.value(word, count);
                i += count;
            }
        } while (count == Digits.WORD && i - start <= 16);
        int digits = i - start;
        if (digits == 0 || (digits > 1 && text[start] == '0')) {
            throw malformed(field, "is not a whole number");
        }
        // Nineteen digits always fit in 64 bits without a sign: the sign bit tells.
        if (digits > 19 || value < 0) {
            throw malformed(field, "does not fit in 64 bits");
        }
        at = i;
        return negative ? -value : value;
    }

    /** A time since the epoch, not negative. */
    public final EpochMicros time(String field, ExchangeTimeUnit unit) throws MalformedPayload {
        long value = integer(field);
        if (value < 0) {
            throw malformed(field, "is a time before 1970");
        }
        try {
            return unit.toMicros(value);
        } catch (ArithmeticException e) {
            throw malformed(field, "is too large for a time", e);
        }
    }

    /** A decimal in quotes, at its smallest scale. */
    public final Decimal decimal(String field) throws MalformedPayload {
        scanDecimal(field);
        return wide == null ? Decimal.of(mantissa, scale) : wide;
    }

    public final Price price(String field) throws MalformedPayload {
        return new Price(notNegative(field));
    }

    public final Quantity quantity(String field) throws MalformedPayload {
        return new Quantity(notNegative(field));
    }

    private Decimal notNegative(String field) throws MalformedPayload {
        return notNegative(field, decimal(field));
    }

    private Decimal notNegative(String field, Decimal value) throws MalformedPayload {
        if (value.signum() < 0) {
            throw malformed(field, "is negative");
        }
        return value;
    }

    /**
     * A decimal that is a number of JSON, without quotes, as it is written: {@code 1.2e-08} is
     * {@code 0.000000012}. Bounded like every {@link Decimal}, exponent included.
     */
    public final Decimal number(String field) throws MalformedPayload {
        token();
        int start = at;
        if (!skipNumber()) {
            throw malformed(field, "is not a number");
        }
        try {
            return Decimal.parse(new String(text, start, at - start, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw malformed(field, "is not a decimal", e);
        }
    }

    /** A price that is a number of JSON, without quotes. */
    public final Price priceNumber(String field) throws MalformedPayload {
        return new Price(notNegative(field, number(field)));
    }

    /** Goes past a number of JSON; false where none stands, and the scanner anywhere. */
    final boolean skipNumber() {
        if (byteAt(at) == '-') {
            at++;
        }
        int start = at;
        int whole = skipDigits();
        boolean right = whole == 1 || (whole > 1 && text[start] != '0');
        if (byteAt(at) == '.') {
            at++;
            right &= skipDigits() > 0;
        }
        if (byteAt(at) == 'e' || byteAt(at) == 'E') {
            at++;
            if (byteAt(at) == '+' || byteAt(at) == '-') {
                at++;
            }
            right &= skipDigits() > 0;
        }
        return right;
    }

    private int skipDigits() {
        int start = at;
        while (byteAt(at) >= '0' && byteAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    /**
     * Reads a decimal in quotes that is not negative, at its smallest scale, and adds it to a
     * column.
     */
    public final void decimalInto(DecimalColumn column, String field) throws MalformedPayload {
        scanDecimal(field);
        Decimal large = wide;
        if (large == null) {
            if (mantissa < 0) {
                throw malformed(field, "is negative");
            }
            column.add(mantissa, scale);
        } else {
            if (large.signum() < 0) {
                throw malformed(field, "is negative");
            }
            column.add(large);
        }
    }

    /** Sets mantissa and scale, or {@code wide} where the mantissa does not fit in a long. */
    private void scanDecimal(String field) throws MalformedPayload {
        if (token() != '"') {
            throw malformed(field, "is not a decimal in quotes");
        }
        int i = at + 1;
        boolean negative = byteAt(i) == '-';
        if (negative) {
            i++;
        }
        long word = Digits.word(text, i);
        int whole = Digits.count(word);
        if (whole == 0) {
            scanUnusualDecimal(field);
            return;
        }
        long m = Digits.value(word, whole);
        i += whole;
        if (whole == Digits.WORD) {
            word = Digits.word(text, i);
            int more = Digits.count(word);
            if (more > 0) {
                m = m * Digits.power(more) + Digits.value(word, more);
                i += more;
                whole += more;
            }
        }
        int kept = 0;
        if (byteAt(i) == '.') {
            word = Digits.word(text, i + 1);
            int fraction = Digits.count(word);
            if (fraction == 0) {
                scanUnusualDecimal(field);
                return;
            }
            // Zeros at the end are never multiplied in, so that none need be divided out again.
            kept = fraction - Digits.trailingZeros(word, fraction);
            if (kept > 0) {
                m = m * Digits.power(kept) + Digits.value(word, kept);
            }
            i += 1 + fraction;
        }
        // Up to nineteen digits the sign bit tells whether it fits.
        if (byteAt(i) != '"' || whole + kept > 19 || m < 0) {
            scanUnusualDecimal(field);
            return;
        }
        at = i + 1;
        mantissa = negative ? -m : m;
        scale = kept;
        wide = null;
    }

    /** More digits than usual, an exponent, an escape, or no decimal at all. */
    private void scanUnusualDecimal(String field) throws MalformedPayload {
        String digits = string(field);
        Decimal value;
        try {
            value = Decimal.parse(digits).normalized();
        } catch (IllegalArgumentException e) {
            throw malformed(field, "is not a decimal", e);
        }
        if (value.fitsInLong()) {
            mantissa = value.mantissa();
            scale = value.scale();
            wide = null;
        } else {
            wide = value;
        }
    }
}
