package io.tapeline.aggregator.audit;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Side;
import java.util.Arrays;

/**
 * The newest removals from a book: a level that a picture shows and the book lacks may have been
 * removed since. Bounded; past a number the oldest are forgotten, and how far back is known.
 *
 * <p>Remembers removals of levels that were absent too: what came and went within one update was
 * there for a picture taken between.
 */
final class RecentRemovals {

    private static final int INITIAL_CAPACITY = 32;

    private final int most;
    private long[] prices = new long[INITIAL_CAPACITY];
    private long[] ids = new long[INITIAL_CAPACITY];

    /** The price's scale, and whether it is of an ask in the lowest bit. */
    private int[] kinds = new int[INITIAL_CAPACITY];

    private int next;
    private int size;
    private long forgotten;

    /**
     * @param most how many are remembered
     */
    RecentRemovals(int most) {
        this.most = most;
    }

    /** Nothing is known of what was removed up to an id. */
    void begin(long updateId) {
        size = 0;
        next = 0;
        forgotten = updateId;
    }

    /** An update that has been applied. */
    void add(DepthUpdate update) {
        add(Side.BID, update.bids(), update.finalUpdateId());
        add(Side.ASK, update.asks(), update.finalUpdateId());
    }

    private void add(Side side, Levels levels, long id) {
        if (!levels.isCompact()) {
            begin(id);
            return;
        }
        int kind = levels.priceScale() << 1 | side.ordinal();
        for (int i = 0; i < levels.size(); i++) {
            if (levels.quantityMantissa(i) == 0) {
                add(kind, levels.priceMantissa(i), id);
            }
        }
    }

    private void add(int kind, long price, long id) {
        if (size == prices.length) {
            if (size < most) {
                grow();
            } else {
                forgotten = ids[next];
                size--;
            }
        }
        prices[next] = price;
        ids[next] = id;
        kinds[next] = kind;
        next = next + 1 == prices.length ? 0 : next + 1;
        size++;
    }

    /** Only when full, and never after something was forgotten: the oldest is the first. */
    private void grow() {
        int capacity = Math.min(most, size * 2);
        int from = next;
        prices = straight(prices, from, capacity);
        ids = straight(ids, from, capacity);
        int[] straightKinds = new int[capacity];
        System.arraycopy(kinds, from, straightKinds, 0, size - from);
        System.arraycopy(kinds, 0, straightKinds, size - from, from);
        kinds = straightKinds;
        next = size;
    }

    private static long[] straight(long[] ring, int from, int capacity) {
        long[] straight = Arrays.copyOfRange(ring, from, from + capacity);
        System.arraycopy(ring, 0, straight, ring.length - from, from);
        return straight;
    }

    /** Whether every removal after an id is remembered. */
    boolean reachBackTo(long updateId) {
        return forgotten <= updateId;
    }

    /** Whether a removal after an id is remembered. */
    boolean isRemovedAfter(long updateId, Side side, Price price) {
        Decimal value = price.value();
        for (int back = 1; back <= size; back++) {
            int at = next - back < 0 ? next - back + prices.length : next - back;
            if (ids[at] <= updateId) {
                return false;
            }
            int scale = kinds[at] >> 1;
            if ((kinds[at] & 1) == side.ordinal()
                    && value.fitsAt(scale)
                    && value.mantissaAt(scale) == prices[at]) {
                return true;
            }
        }
        return false;
    }
}
