package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.Iterator;

/**
 * The levels of one instrument's book, as of an update id. Whether an update may be applied is not
 * asked here ({@code sync} decides); quantities are absolute, zero removes, and the removal of an
 * absent level is normal (EXCHANGES.md A.5 step 7). Every number is exact. Not thread-safe.
 */
public interface OrderBook {

    /** Throws everything away and becomes the snapshot (A.5 step 5), its range included. */
    void reset(DepthSnapshot snapshot);

    /** Applies every level and becomes the book as of {@code update.finalUpdateId()}. */
    void apply(DepthUpdate update);

    /** Of the newest update or snapshot in the book; 0 where there was none. */
    long updateId();

    BookRange range();

    int size(Side side);

    /**
     * Whether the best bid is not below the best ask: the sign of a missed event (A.5,
     * zero-crossing check).
     */
    boolean isCrossed();

    /** The best levels, best first; all of them where the side has no more than {@code limit}. */
    Levels top(Side side, int limit);

    /** Best first; of use until the book changes. */
    Iterator<BookLevel> levels(Side side);

    LevelState level(Price price);

    BookVolume volume(Side side, VolumeOperator operator, Price price);

    /**
     * @param quantity above zero
     */
    BookQuote quote(TakerSide side, Quantity quantity);

    /**
     * Bounds the book: of a side with more than {@code most} levels the farthest go, until {@link
     * #keptOf} are left, and the range ends with the farthest of these. What goes are mostly ghosts
     * (EXCHANGES.md A.5, trap on levels beyond the snapshot): levels that were announced far from
     * the price, and of which nobody will say that they are gone.
     *
     * @return whether any level went
     */
    boolean prune(int most);

    /** Somewhat less than the most, so that pruning is rare. */
    static int keptOf(int most) {
        return most - most / 16;
    }
}
