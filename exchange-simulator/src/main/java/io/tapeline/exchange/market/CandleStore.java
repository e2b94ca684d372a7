package io.tapeline.exchange.market;

import java.util.Arrays;

/**
 * The trades of one pair summed up by buckets of one length, in packed rows; buckets without trades
 * have no row. Single buckets must fit 64 bits, sums over many are made in 128. Not thread-safe.
 */
final class CandleStore {

    private static final int STRIDE = 12;
    private static final int BUCKET = 0;
    private static final int OPEN = 1;
    private static final int HIGH = 2;
    private static final int LOW = 3;
    private static final int CLOSE = 4;
    private static final int VOLUME = 5;
    private static final int QUOTE = 6;
    private static final int TAKER = 7;
    private static final int TAKER_QUOTE = 8;
    private static final int FIRST = 9;
    private static final int LAST = 10;
    private static final int COUNT = 11;

    private final long bucketMillis;
    private final int mostRows;
    private long[] rows = new long[STRIDE * 4];
    private int size;

    /**
     * @param bucketMillis the length of a bucket
     * @param mostRows the oldest rows beyond this many are dropped
     */
    CandleStore(long bucketMillis, int mostRows) {
        this.bucketMillis = bucketMillis;
        this.mostRows = mostRows;
    }

    void add(Trade trade) {
        long bucket = Math.floorDiv(trade.micros(), bucketMillis * 1_000L);
        int row = size - 1;
        while (row >= 0 && rows[row * STRIDE + BUCKET] > bucket) {
            row--;
        }
        if (row < 0 || rows[row * STRIDE + BUCKET] != bucket) {
            row = insert(row + 1, bucket, trade);
        }
        int at = row * STRIDE;
        rows[at + HIGH] = Math.max(rows[at + HIGH], trade.price());
        rows[at + LOW] = Math.min(rows[at + LOW], trade.price());
        rows[at + CLOSE] = trade.price();
        long quote = Math.multiplyExact(trade.price(), trade.quantity());
        rows[at + VOLUME] = Math.addExact(rows[at + VOLUME], trade.quantity());
        rows[at + QUOTE] = Math.addExact(rows[at + QUOTE], quote);
        if (!trade.buyerIsMaker()) {
            rows[at + TAKER] += trade.quantity();
            rows[at + TAKER_QUOTE] += quote;
        }
        rows[at + LAST] = trade.id();
        rows[at + COUNT]++;
    }

    private int insert(int row, long bucket, Trade trade) {
        if (size == mostRows) {
            int dropped = Math.max(1, mostRows / 8);
            System.arraycopy(rows, dropped * STRIDE, rows, 0, (size - dropped) * STRIDE);
            size -= dropped;
            row = Math.max(0, row - dropped);
        }
        if ((size + 1) * STRIDE > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(rows.length * 2, STRIDE * 4));
        }
        int at = row * STRIDE;
        System.arraycopy(rows, at, rows, at + STRIDE, (size - row) * STRIDE);
        Arrays.fill(rows, at, at + STRIDE, 0);
        rows[at + BUCKET] = bucket;
        rows[at + OPEN] = trade.price();
        rows[at + HIGH] = trade.price();
        rows[at + LOW] = trade.price();
        rows[at + FIRST] = trade.id();
        size++;
        return row;
    }

    /** Adds the buckets that open in the range to the candle. */
    void addTo(Candle into, long fromMillis, long toMillis) {
        long end = Math.ceilDiv(toMillis, bucketMillis);
        for (int row = firstRowFrom(Math.ceilDiv(fromMillis, bucketMillis)); row < size; row++) {
            int at = row * STRIDE;
            if (rows[at + BUCKET] >= end) {
                return;
            }
            into.addRow(
                    rows[at + OPEN],
                    rows[at + HIGH],
                    rows[at + LOW],
                    rows[at + CLOSE],
                    rows[at + VOLUME],
                    rows[at + QUOTE],
                    rows[at + TAKER],
                    rows[at + TAKER_QUOTE],
                    rows[at + FIRST],
                    rows[at + LAST],
                    rows[at + COUNT]);
        }
    }

    /** The open time of the first bucket; {@link Long#MAX_VALUE} where there is none. */
    long firstMillis() {
        return size == 0 ? Long.MAX_VALUE : rows[BUCKET] * bucketMillis;
    }

    /** The last price of the buckets that open before the time given; -1 where there is none. */
    long priceBefore(long millis) {
        int row = firstRowFrom(Math.ceilDiv(millis, bucketMillis)) - 1;
        return row < 0 ? -1 : rows[row * STRIDE + CLOSE];
    }

    private int firstRowFrom(long bucket) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (rows[middle * STRIDE + BUCKET] < bucket) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
