package io.tapeline.exchange.market;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * One side of a book: price levels in sorted arrays with the best at the end, where nearly all
 * changes happen. Prices and quantities in the pair's units. Not thread-safe.
 */
public final class BookSide {

    /** Whether the best price is the highest one. */
    private final boolean bids;

    private long[] keys;
    private long[] quantities;
    private int size;

    public BookSide(boolean bids, int capacity) {
        this.bids = bids;
        this.keys = new long[capacity];
        this.quantities = new long[capacity];
    }

    /**
     * Sets the level's absolute quantity; zero removes it. Removing an absent level changes nothing
     * (EXCHANGES A.5 step 7).
     */
    public void set(long price, long quantity) {
        long key = key(price);
        int at = find(key);
        if (at >= 0) {
            if (quantity != 0) {
                quantities[at] = quantity;
            } else {
                System.arraycopy(keys, at + 1, keys, at, size - at - 1);
                System.arraycopy(quantities, at + 1, quantities, at, size - at - 1);
                size--;
            }
        } else if (quantity != 0) {
            insert(-at - 1, key, quantity);
        }
    }

    private void insert(int at, long key, long quantity) {
        if (size == keys.length) {
            int capacity = Math.max(16, size * 2);
            keys = Arrays.copyOf(keys, capacity);
            quantities = Arrays.copyOf(quantities, capacity);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(quantities, at, quantities, at + 1, size - at);
        keys[at] = key;
        quantities[at] = quantity;
        size++;
    }

    /** Keys ascend towards the best level: a bid's key is its price, an ask's the negated price. */
    private long key(long price) {
        return bids ? price : -price;
    }

    private int find(long key) {
        int from = Math.max(0, size - 8);
        if (size > 0 && key < keys[from]) {
            return Arrays.binarySearch(keys, 0, from, key);
        }
        for (int i = size - 1; i >= from; i--) {
            if (keys[i] == key) {
                return i;
            }
            if (keys[i] < key) {
                return -(i + 1) - 1;
            }
        }
        return -from - 1;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The price of the level, counted from the best one, which is 0. */
    public long price(int rank) {
        return key(keys[size - 1 - rank]);
    }

    /** The quantity of the level, counted from the best one, which is 0. */
    public long quantity(int rank) {
        return quantities[size - 1 - rank];
    }

    /** The quantity at the price; zero where there is no such level. */
    public long quantityAt(long price) {
        int at = find(key(price));
        return at < 0 ? 0 : quantities[at];
    }

    /** The worst level's price. */
    public long worstPrice() {
        return key(keys[0]);
    }

    void forEachPrice(LongConsumer consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(key(keys[i]));
        }
    }

    void copyTo(BookSide other) {
        other.keys = Arrays.copyOf(keys, Math.max(1, size));
        other.quantities = Arrays.copyOf(quantities, Math.max(1, size));
        other.size = size;
    }

    public void clear() {
        size = 0;
    }

    /** Writes the best levels, best first, as {@code [["price","quantity"],...]}. */
    void write(JsonWriter out, PairSpec spec, int levels) {
        out.character('[');
        int n = Math.min(levels, size);
        for (int i = 0; i < n; i++) {
            writeLevel(out, spec, price(i), quantity(i));
        }
        out.dropComma().character(']');
    }

    static void writeLevel(JsonWriter out, PairSpec spec, long price, long quantity) {
        out.character('[').decimal(price, spec.priceScale()).character(',');
        out.decimal(quantity, spec.quantityScale()).raw("],");
    }
}
