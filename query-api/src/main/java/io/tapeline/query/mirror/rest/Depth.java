package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Set;

/**
 * {@code depth}: the book as of an update id that the streams' ids go on from (A.5 step 2). Only a
 * live one: a client makes its own book of it, and would not see what it lacks.
 */
final class Depth {

    private static final int USUAL = 100;
    private static final int MOST = 5_000;

    private final Pairs pairs;
    private final State state;

    Depth(Pairs pairs, State state) {
        this.pairs = pairs;
        this.state = state;
    }

    Operation operation() {
        return new Operation("depth", Set.of("symbol", "limit", "symbolStatus"), this::answer);
    }

    private void answer(Query query, ExchangeJson out, Reply reply) {
        String symbol = query.symbol();
        int limit = query.limit(USUAL, MOST);
        InstrumentInfo info = pairs.one(symbol);
        Pairs.requireStatus(query.text("symbolStatus"), info);
        BookAnswer book = state.ask(Store.BOOKS, info, "?depth=" + limit, BookAnswer.parser());
        State.requireLive(book.getTrust(), reply);
        try {
            out.open('{').name("lastUpdateId").number(book.getTrust().getUpdateId());
            out.name("bids").levels(LevelsCodec.fromProto(book.getBids()));
            out.name("asks").levels(LevelsCodec.fromProto(book.getAsks())).close('}');
        } catch (MalformedPayload e) {
            throw new IllegalStateException("book: the aggregator's answer is malformed", e);
        }
    }
}
