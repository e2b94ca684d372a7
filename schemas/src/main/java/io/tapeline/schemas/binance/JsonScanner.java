package io.tapeline.schemas.binance;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON values in the order of the text, straight from its bytes. Objects may have their
 * fields in any order; what nobody wants is skipped by its structure. For one thread, one payload.
 *
 * <p>Past the end every byte is 0, which JSON has nowhere: a text that is cut short ends in a
 * {@link MalformedPayload} like any other that is wrong.
 */
final class JsonScanner {

    /** Instead of a key: the object ends here. */
    static final int NO_KEY = -1;

    /** Instead of a key: one of more than three letters, see {@link #keyText}. */
    static final int LONG_KEY = 0;

    private static final int DEEPEST = 32;

    private final String message;
    private final byte[] text;
    private int at;
    private String keyText = "";

    private long mantissa;
    private int scale;
    private @Nullable Decimal wide;

    /**
     * @param message what the text should be, for what goes wrong
     */
    JsonScanner(String message, byte[] text) {
        this.message = message;
        this.text = text;
    }

    void beginObject(String field) throws MalformedPayload {
        if (token() != '{') {
            throw malformed(field, "is not an object");
        }
        at++;
    }

    void beginArray(String field) throws MalformedPayload {
        if (token() != '[') {
            throw malformed(field, "is not an array");
        }
        at++;
    }

    /** Whether the array that has just begun has an element; the scanner stands before it. */
    boolean firstElement() {
        if (token() == ']') {
            at++;
            return false;
        }
        return true;
    }

    /** Whether the array goes on after an element. */
    boolean nextElement(String field) throws MalformedPayload {
        int c = token();
        if (c != ',' && c != ']') {
            throw malformed(field, "goes on where an array's element should end");
        }
        at++;
        return c == ',';
    }

    /** Goes on to the next element of an array that must have one. */
    void requireElement(String field) throws MalformedPayload {
        if (!nextElement(field)) {
            throw malformed(field, "is missing");
        }
    }

    /**
     * The key of the first field of the object that has just begun: its one to three ASCII letters,
     * the last in the lowest byte ({@code 'p' << 8 | 'u'}), or {@link #LONG_KEY} or {@link
     * #NO_KEY}. The scanner stands before the value.
     */
    int firstKey() throws MalformedPayload {
        if (token() == '}') {
            at++;
            return NO_KEY;
        }
        return key();
    }

    /** The key of the next field, after a value; as {@link #firstKey}. */
    int nextKey(String field) throws MalformedPayload {
        int c = token();
        if (c == ',') {
            at++;
            return key();
        }
        if (c == '}') {
            at++;
            return NO_KEY;
        }
        throw malformed(field, "goes on where its value should end");
    }

    private int key() throws MalformedPayload {
        if (token() != '"') {
            throw malformed("object", "has a key without quotes");
        }
        int key;
        if (byteAt(at + 2) == '"' && byteAt(at + 1) > ' ' && byteAt(at + 1) != '\\') {
            key = byteAt(at + 1);
            at += 3;
        } else {
            keyText = string("object");
            key = pack(keyText);
        }
        if (token() != ':') {
            throw malformed("object", "has a key without a colon");
        }
        at++;
        return key;
    }

    private static int pack(String key) {
        if (key.isEmpty() || key.length() > 3) {
            return LONG_KEY;
        }
        int packed = 0;
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) >= 0x80) {
                return LONG_KEY;
            }
            packed = packed << 8 | key.charAt(i);
        }
        return packed;
    }

    /** The last key, where it had more than one letter. */
    String keyText() {
        return keyText;
    }

    /** Nothing but white space may follow. */
    void end() throws MalformedPayload {
        token();
        if (at < text.length) {
            throw malformed("payload", "goes on after its end");
        }
    }

    /** Reads a text; true if it is the given one. */
    boolean text(String field, String expected) throws MalformedPayload {
        if (token() != '"') {
            throw malformed(field, "is not a text");
        }
        int length = expected.length();
        int i = 0;
        while (i < length
                && expected.charAt(i) < 0x80
                && byteAt(at + 1 + i) == expected.charAt(i)) {
            i++;
        }
        if (i == length && byteAt(at + 1 + length) == '"') {
            at += length + 2;
            return true;
        }
        return string(field).equals(expected); // not ASCII, escaped, or another
    }

    void expectText(String field, String expected) throws MalformedPayload {
        if (!text(field, expected)) {
            throw malformed(field, "is not " + expected);
        }
    }

    String text(String field) throws MalformedPayload {
        if (token() != '"') {
            throw malformed(field, "is not a text");
        }
        return string(field);
    }

    /** Reads the text whose opening quote the scanner stands at. */
    private String string(String field) throws MalformedPayload {
        int start = at + 1;
        boolean escaped = skipString(field);
        return escaped
                ? unescaped(field, start, at - 1)
                : new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    /** Goes past a text; whether it had escapes. */
    private boolean skipString(String field) throws MalformedPayload {
        boolean escaped = false;
        int i = at + 1;
        while (true) {
            int c = byteAt(i);
            if (c == '"') {
                at = i + 1;
                return escaped;
            }
            if (c == '\\') {
                escaped = true;
                i++;
            } else if (c >= 0 && c < ' ') {
                at = i;
                throw malformed(field, "has a control character, or ends early");
            }
            i++;
        }
    }

    private String unescaped(String field, int from, int to) throws MalformedPayload {
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            i++;
            char escape = raw.charAt(i); // a text cannot end with a lone backslash
            switch (escape) {
                case '"', '\\', '/' -> out.append(escape);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append(hex(field, raw, i + 1));
                    i += 4;
                }
                default -> throw malformed(field, "has an escape that JSON does not know");
            }
        }
        return out.toString();
    }

    private char hex(String field, String raw, int from) throws MalformedPayload {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit =
                    i < raw.length() && raw.charAt(i) < 0x80
                            ? Character.digit(raw.charAt(i), 16)
                            : -1;
            if (digit < 0) {
                throw malformed(field, "has an escape of other than four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    boolean bool(String field) throws MalformedPayload {
        int c = token();
        if (c == 't' && literal("true")) {
            return true;
        }
        if (c == 'f' && literal("false")) {
            return false;
        }
        throw malformed(field, "is neither true nor false");
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** A whole number of up to 64 bits. */
    long integer(String field) throws MalformedPayload {
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
        if (digits == 0 || digits > 1 && text[start] == '0') {
            throw malformed(field, "is not a whole number");
        }
        // Nineteen digits always fit in 64 bits without a sign: the sign bit tells.
        if (digits > 19 || value < 0 || count == Digits.WORD) {
            throw malformed(field, "does not fit in 64 bits");
        }
        at = i;
        return negative ? -value : value;
    }

    /** A time since the epoch, not negative. */
    EpochMicros time(String field, ExchangeTimeUnit unit) throws MalformedPayload {
        long value = integer(field);
        if (value < 0) {
            throw malformed(field, "is a time before 1970");
        }
        try {
            return unit.toMicros(value);
        } catch (ArithmeticException e) {
            throw new MalformedPayload(
                    message + ": field " + field + " is too large for a time", e);
        }
    }

    /** A decimal in quotes, at its smallest scale. */
    Decimal decimal(String field) throws MalformedPayload {
        scanDecimal(field);
        return wide == null ? Decimal.of(mantissa, scale) : wide;
    }

    Price price(String field) throws MalformedPayload {
        return new Price(notNegative(field));
    }

    Quantity quantity(String field) throws MalformedPayload {
        return new Quantity(notNegative(field));
    }

    private Decimal notNegative(String field) throws MalformedPayload {
        Decimal value = decimal(field);
        if (value.signum() < 0) {
            throw malformed(field, "is negative");
        }
        return value;
    }

    /**
     * Reads a decimal in quotes that is not negative, at its smallest scale, and adds it to a
     * column.
     */
    void decimalInto(DecimalColumn column, String field) throws MalformedPayload {
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
            throw new MalformedPayload(
                    message + ": field " + field + " is not a decimal, before byte " + at, e);
        }
        if (value.fitsInLong()) {
            mantissa = value.mantissa();
            scale = value.scale();
            wide = null;
        } else {
            wide = value;
        }
    }

    /** Goes past a value of any kind. */
    void skip(String field) throws MalformedPayload {
        skip(field, 0);
    }

    private void skip(String field, int depth) throws MalformedPayload {
        if (depth > DEEPEST) {
            throw malformed(field, "is nested deeper than " + DEEPEST);
        }
        switch (token()) {
            case '"' -> skipString(field);
            case '{' -> {
                at++;
                for (int key = firstKey(); key != NO_KEY; key = nextKey(field)) {
                    skip(field, depth + 1);
                }
            }
            case '[' -> {
                at++;
                for (boolean more = firstElement(); more; more = nextElement(field)) {
                    skip(field, depth + 1);
                }
            }
            default -> skipScalar(field);
        }
    }

    private void skipScalar(String field) throws MalformedPayload {
        if (literal("true") || literal("false") || literal("null")) {
            return;
        }
        if (byteAt(at) == '-') {
            at++;
        }
        int start = at;
        int whole = skipDigits();
        boolean wrong = whole == 0 || whole > 1 && text[start] == '0';
        if (byteAt(at) == '.') {
            at++;
            wrong |= skipDigits() == 0;
        }
        if (byteAt(at) == 'e' || byteAt(at) == 'E') {
            at++;
            if (byteAt(at) == '+' || byteAt(at) == '-') {
                at++;
            }
            wrong |= skipDigits() == 0;
        }
        if (wrong) {
            throw malformed(field, "is not a value of JSON");
        }
    }

    private int skipDigits() {
        int start = at;
        while (byteAt(at) >= '0' && byteAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    MalformedPayload malformed(String field, String what) {
        return new MalformedPayload(message + ": field " + field + " " + what + ", at byte " + at);
    }

    /** The next byte that is not white space, not taken; 0 at the end. */
    private int token() {
        int i = at;
        while (i < text.length) {
            int c = text[i];
            if (c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                at = i;
                return c;
            }
            i++;
        }
        at = i;
        return 0;
    }

    private int byteAt(int index) {
        return index < text.length ? text[index] : 0;
    }
}
