package io.tapeline.ingestor.json;

/**
 * Finds the ends of JSON values. It tells where a value ends, not whether it is right: brackets
 * must match and strings must end, the rest is for a decoder to judge. All ranges are from
 * inclusive, to exclusive.
 */
public final class JsonBytes {

    /** No position: the text ends, or is broken, before the value does. */
    public static final int NONE = -1;

    private static final int MAX_DEPTH = 63;

    private JsonBytes() {}

    /** The first position at or after {@code from} that is not white space; {@code to} if none. */
    public static int skipSpace(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    /** The position after the value that begins at {@code from}, or {@link #NONE}. */
    public static int endOfValue(byte[] text, int from, int to) {
        if (from >= to) {
            return NONE;
        }
        return switch (text[from]) {
            case '{', '[' -> endOfNested(text, from, to);
            case '"' -> endOfString(text, from, to);
            default -> endOfScalar(text, from, to);
        };
    }

    /** The position after the closing quote of the string that begins at {@code from}. */
    static int endOfString(byte[] text, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                at++;
            }
        }
        return NONE;
    }

    /** A bit for each open bracket says which kind it was: 1 for an object. */
    private static int endOfNested(byte[] text, int from, int to) {
        long kinds = 0;
        int depth = 0;
        int at = from;
        while (at < to) {
            byte b = text[at];
            if (b == '"') {
                at = endOfString(text, at, to);
                if (at == NONE) {
                    return NONE;
                }
                continue;
            }
            if (b == '{' || b == '[') {
                if (++depth > MAX_DEPTH) {
                    return NONE;
                }
                kinds = kinds << 1 | (b == '{' ? 1 : 0);
            } else if (b == '}' || b == ']') {
                if ((kinds & 1) != (b == '}' ? 1 : 0)) {
                    return NONE;
                }
                kinds >>>= 1;
                if (--depth == 0) {
                    return at + 1;
                }
            }
            at++;
        }
        return NONE;
    }

    private static int endOfScalar(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isScalar(text[at])) {
            at++;
        }
        return at == from ? NONE : at;
    }

    private static boolean isScalar(byte b) {
        return switch (b) {
            case ',', ':', '"', '{', '}', '[', ']', ' ', '\t', '\n', '\r' -> false;
            default -> true;
        };
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
