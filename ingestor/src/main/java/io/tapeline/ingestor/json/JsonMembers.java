package io.tapeline.ingestor.json;

import static io.tapeline.ingestor.json.JsonBytes.NONE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The members of one JSON object, in their order. Ask {@link #wellFormed} after the last {@link
 * #next}: a broken object ends early.
 */
public final class JsonMembers extends JsonItems {

    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;

    /** Of the object that begins at {@code from}, white space before it allowed. */
    public JsonMembers(byte[] text, int from, int to) {
        super(text, from, to, '{', '}');
    }

    @Override
    int item(int from) {
        if (from >= to || text[from] != '"') {
            return NONE;
        }
        int keyEnd = JsonBytes.endOfString(text, from, to);
        if (keyEnd == NONE) {
            return NONE;
        }
        keyFrom = from + 1;
        keyTo = keyEnd - 1;
        int colon = JsonBytes.skipSpace(text, keyEnd, to);
        if (colon >= to || text[colon] != ':') {
            return NONE;
        }
        valueFrom = JsonBytes.skipSpace(text, colon + 1, to);
        valueTo = JsonBytes.endOfValue(text, valueFrom, to);
        return valueTo;
    }

    public boolean keyIs(byte[] name) {
        return Arrays.equals(text, keyFrom, keyTo, name, 0, name.length);
    }

    /** What stands between the key's quotes, escapes left as they are. */
    public String keyText() {
        return new String(text, keyFrom, keyTo - keyFrom, StandardCharsets.UTF_8);
    }

    public int valueFrom() {
        return valueFrom;
    }

    public int valueTo() {
        return valueTo;
    }

    public boolean valueIsString() {
        return text[valueFrom] == '"';
    }

    /** The value's text; of a string what stands between the quotes, escapes left as they are. */
    public String valueText() {
        return valueIsString()
                ? new String(text, valueFrom + 1, valueTo - valueFrom - 2, StandardCharsets.UTF_8)
                : new String(text, valueFrom, valueTo - valueFrom, StandardCharsets.UTF_8);
    }
}
