package io.tapeline.ingestor.json;

import static io.tapeline.ingestor.json.JsonBytes.NONE;

/**
 * What stands between two brackets, separated by commas, one item after the other. A broken text
 * ends early and is not {@link #wellFormed}.
 */
abstract sealed class JsonItems permits JsonElements, JsonMembers {

    final byte[] text;
    final int to;
    private final char close;
    private int at;
    private boolean first = true;
    private boolean wellFormed;

    /** Of the text that begins at {@code from}, white space before it allowed. */
    JsonItems(byte[] text, int from, int to, char open, char close) {
        this.text = text;
        this.to = to;
        this.close = close;
        int start = JsonBytes.skipSpace(text, from, to);
        this.at = start < to && text[start] == open ? start + 1 : NONE;
    }

    /** Whether there is another item; it is then the current one. */
    public final boolean next() {
        if (at == NONE) {
            return false;
        }
        at = JsonBytes.skipSpace(text, at, to);
        if (at < to && text[at] == close) {
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
        at = item(at);
        return at != NONE;
    }

    /** Takes the item that begins there; the position after it, or {@link JsonBytes#NONE}. */
    abstract int item(int from);

    /**
     * Whether all was read to its end and nothing followed it. Asked after the last {@link #next}.
     */
    public final boolean wellFormed() {
        return wellFormed;
    }
}
