package io.tapeline.schemas.json;

import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON text, and what stands there: white space, literals, texts in quotes.
 *
 * <p>Past the end every byte is 0, which JSON has nowhere: a text that is cut short ends in a
 * {@link MalformedPayload} like any other that is wrong.
 */
abstract class JsonText {

    private final String message;

    /** The JSON, UTF-8. */
    final byte[] text;

    /** The next byte to read. */
    int at;

    JsonText(String message, byte[] text) {
        this.message = message;
        this.text = text;
    }

    /** Reads a text; true if it is the given one. */
    final boolean text(String field, String expected) throws MalformedPayload {
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

    public final void expectText(String field, String expected) throws MalformedPayload {
        if (!text(field, expected)) {
            throw malformed(field, "is not " + expected);
        }
    }

    public final String text(String field) throws MalformedPayload {
        if (token() != '"') {
            throw malformed(field, "is not a text");
        }
        return string(field);
    }

    /** Reads the text whose opening quote the scanner stands at. */
    final String string(String field) throws MalformedPayload {
        int start = at + 1;
        boolean escaped = skipString(field);
        return escaped
                ? unescaped(field, start, at - 1)
                : new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    /** Goes past the text whose opening quote the scanner stands at. */
    final void skipText(String field) throws MalformedPayload {
        int start = at + 1;
        if (skipString(field)) {
            unescaped(field, start, at - 1); // for what may be wrong with it
        }
    }

    /** As {@link #skipText}; whether it had escapes. */
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
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = raw.charAt(i++); // a text cannot end with a lone backslash
            switch (escape) {
                case '"', '\\', '/' -> out.append(escape);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append(hex(field, raw, i));
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

    public final boolean bool(String field) throws MalformedPayload {
        int c = token();
        if (c == 't' && literal("true")) {
            return true;
        }
        if (c == 'f' && literal("false")) {
            return false;
        }
        throw malformed(field, "is neither true nor false");
    }

    /** Goes past a {@code null}; false, and nothing taken, where another value stands. */
    public final boolean nothing() {
        return token() == 'n' && literal("null");
    }

    final boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    public final MalformedPayload malformed(String field, String what) {
        return malformed(field, what, null);
    }

    final MalformedPayload malformed(String field, String what, @Nullable Throwable cause) {
        return new MalformedPayload(
                message + ": field " + field + " " + what + ", at byte " + at, cause);
    }

    /** The next byte that is not white space, not taken; 0 at the end. */
    final int token() {
        int i = at;
        while (i < text.length) {
            int c = text[i];
            if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
                at = i;
                return c;
            }
            i++;
        }
        at = i;
        return 0;
    }

    final int byteAt(int index) {
        return index < text.length ? text[index] : 0;
    }
}
