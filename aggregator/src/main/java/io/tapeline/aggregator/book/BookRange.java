package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * The authoritative range of a book: where its silence is an answer. It is what the snapshot
 * covered (EXCHANGES.md A.5, trap on levels beyond the snapshot), and only the next snapshot widens
 * it; pruning narrows it:
 *
 * <pre>
 *          low = lowest bid told                          high = highest ask told
 *   ---------|=============== bids ======]   [==== asks ===========|---------
 *    bids here are                                           asks here are
 *    known only once they change                  known only once they change
 * </pre>
 *
 * A level beyond it that a later update announced is held, counted and shown, for what was
 * announced is exact until its removal is announced; but its neighbours may exist unannounced, so
 * that it widens nothing. Bids above {@code high} and asks below {@code low} are all known: when
 * the snapshot was taken there were none.
 *
 * @param low inclusive; null: unbounded, the snapshot told every bid there was
 * @param high inclusive; null: unbounded, the snapshot told every ask there was
 */
public record BookRange(@Nullable Price low, @Nullable Price high) {

    /** Of a snapshot's sides, best first; a complete side is unbounded. */
    public static BookRange of(
            Levels bids, boolean bidsComplete, Levels asks, boolean asksComplete) {
        return new BookRange(
                bidsComplete || bids.size() == 0 ? null : bids.price(bids.size() - 1),
                asksComplete || asks.size() == 0 ? null : asks.price(asks.size() - 1));
    }

    /** The part of it that ends with a side's farthest level, where it went farther. */
    BookRange within(Side side, Price farthest) {
        return switch (side) {
            case BID -> covers(side, farthest) ? new BookRange(farthest, high) : this;
            case ASK -> covers(side, farthest) ? new BookRange(low, farthest) : this;
        };
    }

    /** Whether all that the exchange's side holds at this price is held here. */
    public boolean covers(Side side, Price price) {
        return switch (side) {
            case BID -> low == null || price.compareTo(low) >= 0;
            case ASK -> high == null || price.compareTo(high) <= 0;
        };
    }

    /** Whether the price lies within the range, whichever side is meant. */
    public boolean contains(Price price) {
        return covers(Side.BID, price) && covers(Side.ASK, price);
    }

    /** Whether every level that the operator counts is held here. */
    boolean covers(Side side, VolumeOperator operator, Price price) {
        boolean outward =
                switch (operator) {
                    case EQ -> false;
                    case LTE -> side == Side.BID;
                    case GTE -> side == Side.ASK;
                };
        if (outward) {
            return (side == Side.BID ? low : high) == null;
        }
        return covers(side, price);
    }
}
