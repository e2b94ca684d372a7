package io.tapeline.aggregator.store;

import io.tapeline.aggregator.book.ArrayOrderBook;
import io.tapeline.aggregator.book.BookRange;
import io.tapeline.aggregator.book.DecimalOrderBook;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** Reads the levels that {@link BookJournal} wrote. */
final class BookJournalReader {

    private BookJournalReader() {}

    /** A book of its own. */
    static OrderBook base(JournalReader in, long updateId) throws MalformedPayload {
        int form = in.tag();
        return switch (form) {
            case BookJournal.ARRAYS -> {
                ArrayOrderBook book = new ArrayOrderBook();
                BookRange range = range(in);
                book.restore(updateId, range, in.scale(), in.scale());
                levels(in, book, Side.BID);
                levels(in, book, Side.ASK);
                yield book;
            }
            case BookJournal.DECIMALS -> {
                DecimalOrderBook book = new DecimalOrderBook();
                book.restore(updateId, range(in));
                levels(in, book, Side.BID);
                levels(in, book, Side.ASK);
                yield book;
            }
            default -> throw new MalformedPayload("book journal: unknown form of base " + form);
        };
    }

    /** Over the book that the records before told. */
    static void delta(JournalReader in, OrderBook before, long updateId) throws MalformedPayload {
        int form = in.tag();
        if (form == BookJournal.NOTHING) {
            return;
        }
        if (form != BookJournal.ARRAYS || !(before instanceof ArrayOrderBook book)) {
            throw new MalformedPayload("book journal: unknown form of delta " + form);
        }
        book.restore(updateId, book.range(), book.priceScale(), book.quantityScale());
        levels(in, book, Side.BID);
        levels(in, book, Side.ASK);
    }

    private static void levels(JournalReader in, ArrayOrderBook book, Side side)
            throws MalformedPayload {
        int size = in.count();
        long price = 0;
        for (int i = 0; i < size; i++) {
            price += in.signed();
            long quantity = in.unsigned();
            long stamp = quantity == 0 ? 0 : book.updateId() - in.unsigned();
            book.restoreLevel(side, price, quantity, stamp);
        }
    }

    private static void levels(JournalReader in, DecimalOrderBook book, Side side)
            throws MalformedPayload {
        int size = in.count();
        for (int i = 0; i < size; i++) {
            Price price = Price.of(in.text());
            Quantity quantity = Quantity.of(in.text());
            book.restoreLevel(side, price, quantity, book.updateId() - in.unsigned());
        }
    }

    private static BookRange range(JournalReader in) throws MalformedPayload {
        return new BookRange(price(in.text()), price(in.text()));
    }

    private static @Nullable Price price(String text) {
        return text.isEmpty() ? null : Price.of(text);
    }
}
