package io.tapeline.ingestor.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of JSON values. It tells where a value ends, not whether it is right: brackets
 * must match and strings must end, the rest is for a decoder to judge. All ranges are from
 * inclusive, to exclusive.
 */
public final class JsonBytes {

    /** No position: the text ends, or is broken, before the value does. */
    public static final int NONE = -1;

    private static final int MAX_DEPTH = 63;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

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

    /**
     * The position after the closing quote of the string that begins at {@code from}. Looks at
     * eight bytes at a time: most of what the exchange sends is prices in quotes.
     */
    static int endOfString(byte[] text, int from, int to) {
        int at = from + 1;
        while (at + Long.BYTES <= to) {
            long bytes = (long) EIGHT_BYTES.get(text, at);
            long found = zeroBytes(bytes ^ QUOTES) | zeroBytes(bytes ^ BACKSLASHES);
            if (found == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(found) >>> 3;
            if (text[at] == '"') {
                return at + 1;
            }
            at += 2;
        }
        for (; at < to; at++) {
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

    /** The high bit of each byte that is zero; above the lowest of these, of others too. */
    private static long zeroBytes(long bytes) {
        return bytes - ONES & ~bytes & HIGH_BITS;
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
