package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code ticker/bookTicker}: the top of the book, zero where a side is empty, as the exchange has
 * it. Only of live books; a list leaves the others out.
 */
final class BestOffers implements Tickers.Kind<BookAnswer> {

    private final State state;
    private final Fleet fleet;

    BestOffers(State state, Fleet fleet) {
        this.state = state;
        this.fleet = fleet;
    }

    Operation operation(Pairs pairs) {
        return new Operation(
                "ticker/bookTicker", Tickers.SELECTION, new Tickers<>(pairs, this)::answer);
    }

    @Override
    public BookAnswer one(InstrumentInfo info, Reply reply) {
        BookAnswer book = state.ask(Store.BOOKS, info, "?depth=1", BookAnswer.parser());
        State.requireLive(book.getTrust(), reply);
        return book;
    }

    @Override
    public Answer<List<BookAnswer>> all(Predicate<Instrument> wanted) {
        return fleet.bests(wanted);
    }

    @Override
    public Instrument instrumentOf(BookAnswer told) {
        return Instrument.parse(told.getInstrument());
    }

    @Override
    public boolean write(BookAnswer told, Query query, ExchangeJson out, Reply reply) {
        if (!State.of(told.getTrust()).equals(State.LIVE)) {
            return false;
        }
        out.open('{').name("symbol").text(instrumentOf(told).symbol());
        writeBest(out, told);
        out.close('}');
        return true;
    }

    /** Four fields of an object that is open. */
    static void writeBest(ExchangeJson out, BookAnswer book) {
        try {
            side(out, "bid", LevelsCodec.fromProto(book.getBids()));
            side(out, "ask", LevelsCodec.fromProto(book.getAsks()));
        } catch (MalformedPayload e) {
            throw new IllegalStateException("book: the aggregator's answer is malformed", e);
        }
    }

    private static void side(ExchangeJson out, String side, Levels levels) {
        boolean none = levels.size() == 0;
        out.name(side + "Price").decimal(none ? Decimal.ZERO : levels.price(0).value());
        out.name(side + "Qty").decimal(none ? Decimal.ZERO : levels.quantity(0).value());
    }
}
