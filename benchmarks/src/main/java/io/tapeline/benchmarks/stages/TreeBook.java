package io.tapeline.benchmarks.stages;

import io.tapeline.schemas.market.Levels;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** A book as one would write it at first: two sorted maps, prices and quantities as mantissas. */
final class TreeBook {

    private static final int SCALE = 8;

    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();

    /** A side of an update, as plain longs: price and quantity by turns. */
    static long[] plain(Levels levels) {
        long[] plain = new long[2 * levels.size()];
        for (int i = 0; i < levels.size(); i++) {
            plain[2 * i] = levels.price(i).value().mantissaAt(SCALE);
            plain[2 * i + 1] = levels.quantity(i).value().mantissaAt(SCALE);
        }
        return plain;
    }

    void apply(long[] newBids, long[] newAsks) {
        apply(bids, newBids);
        apply(asks, newAsks);
    }

    private static void apply(TreeMap<Long, Long> side, long[] levels) {
        for (int i = 0; i < levels.length; i += 2) {
            if (levels[i + 1] == 0) {
                side.remove(levels[i]);
            } else {
                side.put(levels[i], levels[i + 1]);
            }
        }
    }

    int size() {
        return bids.size() + asks.size();
    }

    /** Price and quantity by turns. */
    long[] topBids(int limit) {
        long[] top = new long[2 * Math.min(limit, bids.size())];
        int at = 0;
        for (Map.Entry<Long, Long> level : bids.entrySet()) {
            if (at == top.length) {
                break;
            }
            top[at++] = level.getKey();
            top[at++] = level.getValue();
        }
        return top;
    }

    long bid(long price) {
        return bids.getOrDefault(price, 0L);
    }

    /** Of the bids down to the price. */
    long bidVolume(long price) {
        long volume = 0;
        for (long quantity : bids.headMap(price, true).values()) {
            volume += quantity;
        }
        return volume;
    }

    /** The price at which so much has been sold into the bids, 0 where they have not as much. */
    long lastPriceOf(long quantity) {
        long left = quantity;
        for (Map.Entry<Long, Long> level : bids.entrySet()) {
            left -= level.getValue();
            if (left <= 0) {
                return level.getKey();
            }
        }
        return 0;
    }
}
