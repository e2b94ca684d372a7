package io.tapeline.ingestor.json;

import static io.tapeline.ingestor.json.JsonBytes.NONE;

/**
 * The elements of one JSON array, in their order. Ask {@link #wellFormed} after the last {@link
 * #next}: a broken array ends early.
 */
public final class JsonElements {

    private final byte[] text;
    private final int to;
    private int at;
    private int from;
    private int end;
    private boolean first = true;
    private boolean wellFormed;

    /** Of the array that begins at {@code from}, white space before it allowed. */
    public JsonElements(byte[] text, int from, int to) {
        this.text = text;
        this.to = to;
        int start = JsonBytes.skipSpace(text, from, to);
        this.at = start < to && text[start] == '[' ? start + 1 : NONE;
    }

    /** Whether there is another element; it is then the current one. */
    public boolean next() {
        if (at == NONE) {
            return false;
        }
        at = JsonBytes.skipSpace(text, at, to);
        if (at < to && text[at] == ']') {
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
        from = at;
        end = JsonBytes.endOfValue(text, at, to);
        at = end;
        return end != NONE;
    }

    /** Whether the array was read to its end and nothing followed it. */
    public boolean wellFormed() {
        return wellFormed;
    }

    public int elementFrom() {
        return from;
    }

    public int elementTo() {
        return end;
    }
}
