package io.tapeline.exchange.market;

/**
 * A pair's order book, as the exchange itself has it. Not thread-safe: guarded by the market's
 * lock.
 */
public final class Book {

    private static final int FIRST_CAPACITY = 64;

    private final BookSide bids = new BookSide(true, FIRST_CAPACITY);
    private final BookSide asks = new BookSide(false, FIRST_CAPACITY);
    private final DiffTracker fast = new DiffTracker();
    private final DiffTracker slow = new DiffTracker();
    private long updateId;
    private int knownDepth = Integer.MAX_VALUE;

    public BookSide bids() {
        return bids;
    }

    public BookSide asks() {
        return asks;
    }

    /** The id of the last change; the next one is greater by one. */
    public long updateId() {
        return updateId;
    }

    /**
     * How many levels a side of an answer may be vouched for: all, unless the book was rebuilt from
     * an answer that was cut.
     */
    public int knownDepth() {
        return knownDepth;
    }

    /** The book was rebuilt from an answer of so many levels a side. */
    public void knownDepth(int levels) {
        knownDepth = levels;
    }

    /** The same book, which nothing changes any more. */
    public Book copy() {
        Book copy = new Book();
        copy.reset(updateId);
        copy.knownDepth = knownDepth;
        bids.copyTo(copy.bids);
        asks.copyTo(copy.asks);
        return copy;
    }

    /** Starts the book at an id, without levels. */
    public void reset(long id) {
        bids.clear();
        asks.clear();
        fast.clear();
        slow.clear();
        updateId = id;
    }

    /** Puts a level that was there before the first announced change: no id, no event. */
    public void seed(boolean bid, long price, long quantity) {
        side(bid).set(price, quantity);
    }

    /** Changes one level under the next update id. */
    public void change(boolean bid, long price, long quantity) {
        updateId++;
        side(bid).set(price, quantity);
        covered(updateId, updateId);
        note(bid, price);
    }

    /** Changes a level as part of a recorded event whose ids {@link #recorded} tells. */
    public void changeRecorded(boolean bid, long price, long quantity) {
        side(bid).set(price, quantity);
        note(bid, price);
    }

    /** A recorded event was applied that took the book through the ids given, both inclusive. */
    public void recorded(long first, long last) {
        updateId = last;
        covered(first, last);
    }

    private void covered(long first, long last) {
        fast.cover(first, last);
        slow.cover(first, last);
    }

    private void note(boolean bid, long price) {
        fast.changed(bid, price);
        slow.changed(bid, price);
    }

    private BookSide side(boolean bid) {
        return bid ? bids : asks;
    }

    DiffTracker tracker(DepthSpeed speed) {
        return switch (speed) {
            case MILLIS_100 -> fast;
            case MILLIS_1000 -> slow;
        };
    }

    /**
     * Writes {@code "lastUpdateId":...,"bids":[...],"asks":[...]} in braces: a REST answer, and a
     * partial book stream's payload.
     */
    public void writeSnapshot(JsonWriter out, PairSpec spec, int levels) {
        out.raw("{\"lastUpdateId\":").number(updateId).raw(",\"bids\":");
        bids.write(out, spec, levels);
        out.raw(",\"asks\":");
        asks.write(out, spec, levels);
        out.character('}');
    }
}
