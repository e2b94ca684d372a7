package io.tapeline.ingestor.json;

import static io.tapeline.ingestor.json.JsonBytes.NONE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The members of one JSON object, in their order. Ask {@link #wellFormed} after the last {@link
 * #next}: a broken object ends early.
 */
public final class JsonMembers {

    private final byte[] text;
    private final int to;
    private int at;
    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;
    private boolean first = true;
    private boolean wellFormed;

    /** Of the object that begins at {@code from}, white space before it allowed. */
    public JsonMembers(byte[] text, int from, int to) {
        this.text = text;
        this.to = to;
        int start = JsonBytes.skipSpace(text, from, to);
        this.at = start < to && text[start] == '{' ? start + 1 : NONE;
    }

    /** Whether there is another member; it is then the current one. */
    public boolean next() {
        if (at == NONE) {
            return false;
        }
        at = JsonBytes.skipSpace(text, at, to);
        if (at < to && text[at] == '}') {
            wellFormed = JsonBytes.skipSpace(text, at + 1, to) == to;
            at = NONE;
            return false;
        }
        if (!first) {
            if (at >= to || text[at] != ',') {
                at = NONE;
                return false;
            }
            at = JsonBytes.skipSpace(text, at + 1, to);
        }
        first = false;
        at = endOfMember();
        return at != NONE;
    }

    private int endOfMember() {
        if (at >= to || text[at] != '"') {
            return NONE;
        }
        int keyEnd = JsonBytes.endOfString(text, at, to);
        if (keyEnd == NONE) {
            return NONE;
        }
        keyFrom = at + 1;
        keyTo = keyEnd - 1;
        int colon = JsonBytes.skipSpace(text, keyEnd, to);
        if (colon >= to || text[colon] != ':') {
            return NONE;
        }
        valueFrom = JsonBytes.skipSpace(text, colon + 1, to);
        valueTo = JsonBytes.endOfValue(text, valueFrom, to);
        return valueTo;
    }

    /** Whether the object was read to its end and nothing followed it. */
    public boolean wellFormed() {
        return wellFormed;
    }

    public boolean keyIs(byte[] name) {
        return Arrays.equals(text, keyFrom, keyTo, name, 0, name.length);
    }

    /** The current member's name, escapes left as they are. */
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
