package io.tapeline.aggregator.audit;

import io.tapeline.aggregator.book.BookLevel;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Holds a book as of some update id against a picture as of the same id or an earlier one. Each
 * level remembers the update that last set it, so that with {@code L} the picture's id
 *
 * <pre>
 *   picture  book
 *   shows    holds, set at  &lt;= L        same quantity: equal; another: they differ
 *   shows    holds, set at  &gt;  L        not comparable
 *   shows    lacks, removed &gt;  L        not comparable, as where removals are forgotten
 *   shows    lacks                       they differ
 *   lacks    holds, set at  &lt;= L        they differ
 *   lacks    holds, set at  &gt;  L        not comparable
 * </pre>
 *
 * as far as the picture reaches. An update names every price that it touched, also one that it left
 * as it was, and all of them bear its last id: a picture from within an update is held against what
 * that update did not touch.
 */
final class Comparer {

    private final OrderBook book;
    private final RecentRemovals removals;
    private final DepthPicture picture;
    private int equal;
    private int notComparable;
    private int within;
    private int beyond;
    private @Nullable Difference firstWithin;
    private @Nullable Difference firstBeyond;

    private Comparer(OrderBook book, RecentRemovals removals, DepthPicture picture) {
        this.book = book;
        this.removals = removals;
        this.picture = picture;
    }

    /**
     * @param picture as of the book's id or an earlier one
     */
    static Outcome compare(OrderBook book, RecentRemovals removals, DepthPicture picture) {
        Comparer comparer = new Comparer(book, removals, picture);
        for (Side side : Side.values()) {
            comparer.side(side);
        }
        return comparer.outcome();
    }

    private Outcome outcome() {
        if (firstWithin != null) {
            return new Outcome.Fault(firstWithin, within);
        }
        if (firstBeyond != null) {
            return new Outcome.BeyondRange(firstBeyond, beyond);
        }
        if (equal > 0) {
            return new Outcome.Equal(equal, notComparable);
        }
        return new Outcome.NotComparable(
                removals.reachBackTo(picture.updateId())
                        ? Outcome.Why.CHANGED_SINCE
                        : Outcome.Why.NOT_REMEMBERED);
    }

    /** Both from the best level on, as far as the picture reaches. */
    private void side(Side side) {
        Levels shown = picture.levels(side);
        Iterator<BookLevel> levels = book.levels(side);
        BookLevel held = nextOf(levels);
        for (int i = 0; i < shown.size(); i++) {
            Price price = shown.price(i);
            while (held != null && isBetter(side, held.price(), price)) {
                held(side, held);
                held = nextOf(levels);
            }
            if (held != null && held.price().compareTo(price) == 0) {
                both(side, held, shown.quantity(i));
                held = nextOf(levels);
            } else {
                shown(side, price, shown.quantity(i));
            }
        }
        while (held != null && picture.isWhole(side)) {
            held(side, held);
            held = nextOf(levels);
        }
    }

    private static @Nullable BookLevel nextOf(Iterator<BookLevel> levels) {
        return levels.hasNext() ? levels.next() : null;
    }

    private static boolean isBetter(Side side, Price one, Price other) {
        int compared = one.compareTo(other);
        return switch (side) {
            case BID -> compared > 0;
            case ASK -> compared < 0;
        };
    }

    private void both(Side side, BookLevel held, Quantity told) {
        if (held.setBy() > picture.updateId()) {
            notComparable++;
        } else if (held.quantity().compareTo(told) == 0) {
            equal++;
        } else {
            differ(new Difference(side, held.price(), told, held.quantity()));
        }
    }

    private void held(Side side, BookLevel held) {
        if (held.setBy() > picture.updateId()) {
            notComparable++;
        } else {
            differ(new Difference(side, held.price(), Quantity.ZERO, held.quantity()));
        }
    }

    private void shown(Side side, Price price, Quantity told) {
        long id = picture.updateId();
        if (!removals.reachBackTo(id) || removals.isRemovedAfter(id, side, price)) {
            notComparable++;
        } else {
            differ(new Difference(side, price, told, Quantity.ZERO));
        }
    }

    private void differ(Difference difference) {
        if (book.range().covers(difference.side(), difference.price())) {
            within++;
            firstWithin = firstWithin == null ? difference : firstWithin;
        } else {
            beyond++;
            firstBeyond = firstBeyond == null ? difference : firstBeyond;
        }
    }
}
