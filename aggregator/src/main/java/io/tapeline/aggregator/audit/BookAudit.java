package io.tapeline.aggregator.audit;

import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.PictureSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Holds one book against the pictures of it, in whatever order the two come. A picture of the past
 * is compared at once; one that the book has not reached waits until it does, when of each source
 * the newest is compared that the book has reached. Nothing of it is kept beyond the process: what
 * it has forgotten is not compared.
 *
 * <p>Costs a book that no picture is of nothing. Not thread-safe.
 */
public final class BookAudit {

    /** Some seconds of a busy book. */
    private static final int MOST_REMOVALS = 512;

    private static final int MOST_WAITING = 8;
    private static final long NONE = -1;

    private final RecentRemovals removals = new RecentRemovals(MOST_REMOVALS);
    private final List<DepthPicture> waiting = new ArrayList<>();
    private final long[] newestCompared = new long[PictureSource.values().length];
    private List<Finding> findings = new ArrayList<>();
    private boolean begun;

    public BookAudit() {
        Arrays.fill(newestCompared, NONE);
    }

    /** The book became another, of which it is not known how it came to be. */
    public void reset(long updateId) {
        removals.begin(updateId);
        Arrays.fill(newestCompared, NONE);
    }

    /** The update is in the book. */
    public void applied(DepthUpdate update) {
        if (begun) {
            removals.add(update);
        }
    }

    /**
     * A picture came.
     *
     * @param live whether the book is the exchange's as of its update id
     * @return whether it tells what no other picture told
     */
    public boolean take(DepthPicture picture, OrderBook book, boolean live) {
        if (!begun) {
            begun = true;
            removals.begin(book.updateId());
        }
        if (live && isKnown(picture)) {
            tell(picture, book, new Outcome.Known());
            return false;
        }
        if (!live) {
            tell(picture, book, new Outcome.PassedOver());
        } else if (picture.updateId() <= book.updateId()) {
            compare(picture, book);
        } else {
            await(picture, book);
        }
        return true;
    }

    private boolean isKnown(DepthPicture picture) {
        return picture.updateId() <= newestCompared[picture.source().ordinal()]
                || waiting.stream()
                        .anyMatch(other ->
                                other.source() == picture.source()
                                        && other.updateId() == picture.updateId());
    }

    /**
     * Where there is no room, every other one goes but the first and the last: the book may be near
     * to it or far behind.
     */
    private void await(DepthPicture picture, OrderBook book) {
        if (waiting.size() == MOST_WAITING) {
            for (int i = MOST_WAITING - 3; i > 0; i -= 2) {
                tell(waiting.remove(i), book, new Outcome.PassedOver());
            }
        }
        waiting.add(picture);
    }

    private void compare(DepthPicture picture, OrderBook book) {
        newestCompared[picture.source().ordinal()] = picture.updateId();
        tell(picture, book, Comparer.compare(book, removals, picture));
    }

    /** The live book went on. */
    public void reached(OrderBook book) {
        if (waiting.isEmpty()) {
            return;
        }
        DepthPicture[] newest = new DepthPicture[PictureSource.values().length];
        for (Iterator<DepthPicture> each = waiting.iterator(); each.hasNext(); ) {
            DepthPicture picture = each.next();
            if (picture.updateId() > book.updateId()) {
                continue;
            }
            each.remove();
            int source = picture.source().ordinal();
            DepthPicture other = newest[source];
            if (other == null) {
                newest[source] = picture;
            } else if (other.updateId() < picture.updateId()) {
                newest[source] = picture;
                tell(other, book, new Outcome.PassedOver());
            } else {
                tell(picture, book, new Outcome.PassedOver());
            }
        }
        for (DepthPicture picture : newest) {
            if (picture != null) {
                compare(picture, book);
            }
        }
    }

    /** The book is not live any more. */
    public void lost(OrderBook book) {
        waiting.forEach(picture -> tell(picture, book, new Outcome.PassedOver()));
        waiting.clear();
    }

    private void tell(DepthPicture picture, OrderBook book, Outcome outcome) {
        findings.add(new Finding(picture.source(), picture.updateId(), book.updateId(), outcome));
    }

    /** What was found since the last call, in order. */
    public List<Finding> takeFindings() {
        if (findings.isEmpty()) {
            return List.of();
        }
        List<Finding> taken = findings;
        findings = new ArrayList<>();
        return taken;
    }
}
