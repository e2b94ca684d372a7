package io.tapeline.ingestor.json;

/**
 * The elements of one JSON array, in their order. Ask {@link #wellFormed} after the last {@link
 * #next}: a broken array ends early.
 */
public final class JsonElements extends JsonItems {

    private int from;
    private int end;

    /** Of the array that begins at {@code from}, white space before it allowed. */
    public JsonElements(byte[] text, int from, int to) {
        super(text, from, to, '[', ']');
    }

    @Override
    int item(int itemFrom) {
        from = itemFrom;
        end = JsonBytes.endOfValue(text, itemFrom, to);
        return end;
    }

    public int elementFrom() {
        return from;
    }

    public int elementTo() {
        return end;
    }
}
