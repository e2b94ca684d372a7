package io.tapeline.schemas.json;

import io.tapeline.schemas.wire.MalformedPayload;

/**
 * Reads JSON values in the order of the text, straight from its bytes. Objects may have their
 * fields in any order; what nobody wants is skipped by its structure. For one thread, one payload.
 */
public final class JsonScanner extends JsonNumbers {

    /** Instead of a key: the object ends here. */
    public static final int NO_KEY = -1;

    /** Instead of a key: one of more than three letters, see {@link #keyText}. */
    public static final int LONG_KEY = 0;

    private static final int DEEPEST = 32;

    private String keyText = "";

    /**
     * @param message what the text should be, for what goes wrong
     */
    public JsonScanner(String message, byte[] text) {
        super(message, text);
    }

    public void beginObject(String field) throws MalformedPayload {
        if (token() != '{') {
            throw malformed(field, "is not an object");
        }
        at++;
    }

    public void beginArray(String field) throws MalformedPayload {
        if (token() != '[') {
            throw malformed(field, "is not an array");
        }
        at++;
    }

    /** Whether the array that has just begun has an element; the scanner stands before it. */
    public boolean firstElement() {
        if (token() == ']') {
            at++;
            return false;
        }
        return true;
    }

    /** Whether the array goes on after an element. */
    public boolean nextElement(String field) throws MalformedPayload {
        int c = token();
        if (c != ',' && c != ']') {
            throw malformed(field, "goes on where an array's element should end");
        }
        at++;
        return c == ',';
    }

    /** Goes on to the next element of an array that must have one. */
    public void requireElement(String field) throws MalformedPayload {
        if (!nextElement(field)) {
            throw malformed(field, "is missing");
        }
    }

    /**
     * The key of the first field of the object that has just begun: its one to three ASCII
     * characters, the last in the lowest byte ({@code 'p' << 8 | 'u'}), or {@link #LONG_KEY} or
     * {@link #NO_KEY}. The scanner stands before the value.
     */
    public int firstKey() throws MalformedPayload {
        if (token() == '}') {
            at++;
            return NO_KEY;
        }
        return key();
    }

    /** The key of the next field, after a value; as {@link #firstKey}. */
    public int nextKey(String field) throws MalformedPayload {
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
        int key = byteAt(at + 1);
        if (byteAt(at + 2) == '"' && Letters.isLetter(key)) {
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
    public String keyText() {
        return keyText;
    }

    /** The name of the last key, which {@link #firstKey} or {@link #nextKey} gave. */
    public String keyName(int key) {
        return Letters.isLetter(key) ? Letters.name(key) : keyText;
    }

    /** Nothing but white space may follow. */
    public void end() throws MalformedPayload {
        token();
        if (at < text.length) {
            throw malformed("payload", "goes on after its end");
        }
    }

    /** Goes past a value of any kind. */
    public void skip(String field) throws MalformedPayload {
        skip(field, 0);
    }

    private void skip(String field, int depth) throws MalformedPayload {
        if (depth > DEEPEST) {
            throw malformed(field, "is nested deeper than " + DEEPEST);
        }
        switch (token()) {
            case '"' -> skipText(field);
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
        if (!skipNumber()) {
            throw malformed(field, "is not a value of JSON");
        }
    }
}
