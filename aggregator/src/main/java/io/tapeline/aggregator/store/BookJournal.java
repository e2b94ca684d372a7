package io.tapeline.aggregator.store;

import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.ArrayOrderBook;
import io.tapeline.aggregator.book.BookRange;
import io.tapeline.aggregator.book.DecimalOrderBook;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.sync.BookChanges;
import io.tapeline.aggregator.sync.PendingUpdates;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Side;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one book's part of the changelog. A <em>base</em> (slot 0) tells the whole book and begins
 * a generation; a <em>delta</em> (slots 1, 2, ...) tells the state and the levels that changed
 * since the record before, each once however often it changed. A new base comes when the levels
 * were replaced, and when the deltas since the last one have grown as large as it: writing twice
 * what changed buys a topic that, compacted, is never more than a few times the books.
 */
final class BookJournal {

    static final int ARRAYS = 0;
    static final int DECIMALS = 1;
    static final int NOTHING = 2;

    /** Deltas may grow to this even beside a smaller base. */
    private static final int LEAST_DELTA_BYTES = 4 << 10;

    private final JournalWriter out = new JournalWriter();
    private long[] scratch = new long[64];

    /** A record to be written. */
    record Entry(int slot, byte[] value) {}

    /** How far a book's journal has come. */
    static final class Position {
        long generation;
        int sequence;
        int baseBytes;
        long deltaBytes;
        int priceScale;
        int quantityScale;
        PendingUpdates told = PendingUpdates.NONE;
    }

    /** The record that tells a book's changes; they are taken with it. */
    Entry write(SynchronisedBook book, Position position) {
        SynchronisedBook.View view = book.current();
        OrderBook representation = ((AdaptiveOrderBook) view.book()).representation();
        BookChanges changes = book.changes();
        boolean delta =
                position.generation > 0
                        && !changes.isEverything()
                        && representation instanceof ArrayOrderBook array
                        && array.priceScale() == position.priceScale
                        && array.quantityScale() == position.quantityScale
                        && position.deltaBytes < Math.max(LEAST_DELTA_BYTES, position.baseBytes);
        Entry entry =
                delta
                        ? delta(view, (ArrayOrderBook) representation, changes, position)
                        : base(view, representation, position);
        position.told = view.state().pending();
        changes.taken();
        return entry;
    }

    private Entry base(SynchronisedBook.View view, OrderBook representation, Position position) {
        position.generation++;
        position.sequence = 0;
        position.deltaBytes = 0;
        if (representation instanceof ArrayOrderBook array) {
            position.priceScale = array.priceScale();
            position.quantityScale = array.quantityScale();
        }
        out.clear();
        JournalHead.write(out, position.generation, 0, view, null);
        whole(representation);
        byte[] value = out.toBytes();
        position.baseBytes = value.length;
        return new Entry(JournalKey.BASE, value);
    }

    private void whole(OrderBook representation) {
        switch (representation) {
            case ArrayOrderBook array -> {
                out.tag(ARRAYS);
                range(array.range());
                out.unsigned(array.priceScale());
                out.unsigned(array.quantityScale());
                whole(array, Side.BID);
                whole(array, Side.ASK);
            }
            case DecimalOrderBook decimals -> {
                out.tag(DECIMALS);
                range(decimals.range());
                whole(decimals, Side.BID);
                whole(decimals, Side.ASK);
            }
            default ->
                    throw new IllegalStateException(
                            "book journal: no form for " + representation.getClass());
        }
    }

    /** The whole book as of the last record that was written of it; nothing is taken. */
    byte[] image(SynchronisedBook book, Position position) {
        SynchronisedBook.View view = book.current();
        out.clear();
        JournalHead.write(out, position.generation, position.sequence, view, null);
        whole(((AdaptiveOrderBook) view.book()).representation());
        return out.toBytes();
    }

    private Entry delta(
            SynchronisedBook.View view,
            ArrayOrderBook array,
            BookChanges changes,
            Position position) {
        position.sequence++;
        out.clear();
        JournalHead.write(out, position.generation, position.sequence, view, position.told);
        if (changes.bids().isEmpty() && changes.asks().isEmpty()) {
            out.tag(NOTHING);
        } else {
            out.tag(ARRAYS);
            changed(array, Side.BID, changes.bids());
            changed(array, Side.ASK, changes.asks());
        }
        byte[] value = out.toBytes();
        position.deltaBytes += value.length;
        return new Entry(position.sequence, value);
    }

    private void range(BookRange range) {
        out.text(text(range.low()));
        out.text(text(range.high()));
    }

    private static String text(@Nullable Price price) {
        return price == null ? "" : price.toString();
    }

    private void whole(ArrayOrderBook book, Side side) {
        int size = book.size(side);
        out.unsigned(size);
        long previous = 0;
        for (int i = 0; i < size; i++) {
            level(
                    book.priceMantissa(side, i) - previous,
                    book.quantityMantissa(side, i),
                    book.updateId() - book.stamp(side, i));
            previous = book.priceMantissa(side, i);
        }
    }

    private void whole(DecimalOrderBook book, Side side) {
        out.unsigned(book.size(side));
        book.side(side)
                .forEach((price, level) -> {
                    out.text(price.toString());
                    out.text(level.quantity().toString());
                    out.unsigned(book.updateId() - level.stamp());
                });
    }

    /** Each price once, as the book has it now. */
    private void changed(ArrayOrderBook book, Side side, List<Levels> updates) {
        int count = distinctPrices(book.priceScale(), updates);
        out.unsigned(count);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long price = scratch[i];
            int index = book.indexOf(side, price);
            if (index < 0) {
                level(price - previous, 0, 0);
            } else {
                level(
                        price - previous,
                        book.quantityMantissa(side, index),
                        book.updateId() - book.stamp(side, index));
            }
            previous = price;
        }
    }

    private int distinctPrices(int scale, List<Levels> updates) {
        int count = 0;
        for (Levels levels : updates) {
            if (count + levels.size() > scratch.length) {
                scratch = Arrays.copyOf(scratch, Math.max(count + levels.size(), count * 2));
            }
            long factor = powerOfTen(scale - (levels.size() == 0 ? scale : levels.priceScale()));
            for (int i = 0; i < levels.size(); i++) {
                scratch[count++] = levels.priceMantissa(i) * factor;
            }
        }
        Arrays.sort(scratch, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || scratch[i] != scratch[i - 1]) {
                scratch[distinct++] = scratch[i];
            }
        }
        return distinct;
    }

    private static long powerOfTen(int power) {
        long factor = 1;
        for (int i = 0; i < power; i++) {
            factor *= 10;
        }
        return factor;
    }

    /**
     * @param sinceSet how many update ids ago the level was set; not told of a removed one
     */
    private void level(long priceStep, long quantity, long sinceSet) {
        out.signed(priceStep);
        out.unsigned(quantity);
        if (quantity != 0) {
            out.unsigned(sinceSet);
        }
    }
}
