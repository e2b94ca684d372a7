package io.tapeline.exchange.market;

import java.util.Arrays;

/**
 * The book changes since the last event of one {@code @depth} speed. Each speed partitions the same
 * update ids in its own way (EXCHANGES A.5), so each has its own tracker. Not thread-safe.
 */
final class DiffTracker {

    private final Prices bids = new Prices();
    private final Prices asks = new Prices();
    private long firstId;
    private long lastId;
    private boolean open;

    /** The exchange's book moved from {@code first} to {@code last}, both inclusive. */
    void cover(long first, long last) {
        if (!open) {
            open = true;
            firstId = first;
        }
        lastId = last;
    }

    void changed(boolean bid, long price) {
        (bid ? bids : asks).add(price);
    }

    /** The next event, if there is one, tells every level of the book. */
    void tellAll(Book book) {
        book.bids().forEachPrice(bids::add);
        book.asks().forEachPrice(asks::add);
    }

    /** Whether something happened since the last event. */
    boolean pending() {
        return open;
    }

    /** Takes what was collected, with the quantities of now, and begins anew. */
    Diff take(Book book) {
        Diff diff =
                new Diff(
                        firstId,
                        lastId,
                        levels(bids.distinctDescending(), book.bids()),
                        levels(asks.distinctAscending(), book.asks()));
        clear();
        return diff;
    }

    void clear() {
        open = false;
        bids.count = 0;
        asks.count = 0;
    }

    private static long[] levels(long[] prices, BookSide side) {
        long[] levels = new long[prices.length * 2];
        for (int i = 0; i < prices.length; i++) {
            levels[2 * i] = prices[i];
            levels[2 * i + 1] = side.quantityAt(prices[i]);
        }
        return levels;
    }

    /**
     * One {@code depthUpdate}: prices and absolute quantities in turn, bids from the highest, asks
     * from the lowest.
     *
     * @param firstId {@code U}
     * @param lastId {@code u}
     */
    record Diff(long firstId, long lastId, long[] bids, long[] asks) {

        void write(JsonWriter out, PairSpec spec, long eventMicros) {
            out.raw("{\"e\":\"depthUpdate\",\"E\":")
                    .time(eventMicros)
                    .raw(",\"s\":")
                    .quoted(spec.symbol());
            out.raw(",\"U\":").number(firstId).raw(",\"u\":").number(lastId).raw(",\"b\":");
            writeLevels(out, spec, bids);
            out.raw(",\"a\":");
            writeLevels(out, spec, asks);
            out.character('}');
        }

        private static void writeLevels(JsonWriter out, PairSpec spec, long[] levels) {
            out.character('[');
            for (int i = 0; i < levels.length; i += 2) {
                BookSide.writeLevel(out, spec, levels[i], levels[i + 1]);
            }
            out.dropComma().character(']');
        }
    }

    private static final class Prices {

        private long[] values = new long[8];
        private int count;

        void add(long price) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = price;
        }

        long[] distinctAscending() {
            Arrays.sort(values, 0, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept == 0 || values[kept - 1] != values[i]) {
                    values[kept++] = values[i];
                }
            }
            return Arrays.copyOf(values, kept);
        }

        long[] distinctDescending() {
            long[] prices = distinctAscending();
            for (int i = 0, j = prices.length - 1; i < j; i++, j--) {
                long swapped = prices[i];
                prices[i] = prices[j];
                prices[j] = swapped;
            }
            return prices;
        }
    }
}
