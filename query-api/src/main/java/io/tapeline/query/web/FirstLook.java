package io.tapeline.query.web;

import io.tapeline.query.live.Change;
import io.tapeline.query.live.LiveSession;
import io.tapeline.query.live.LiveType;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import java.time.Clock;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What a new subscriber is told first, so that it need not wait for the next change. */
final class FirstLook {

    private final Aggregators aggregators;
    private final InstrumentRegistry registry;
    private final JsonMapper json;
    private final Clock clock;
    private final int bookDepth;

    FirstLook(
            Aggregators aggregators,
            InstrumentRegistry registry,
            JsonMapper json,
            Clock clock,
            int bookDepth) {
        this.aggregators = aggregators;
        this.registry = registry;
        this.json = json;
        this.clock = clock;
        this.bookDepth = bookDepth;
    }

    /** Ends the request if neither the registry nor the state knows one of them. */
    void requireKnown(Set<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            if (registry.of(instrument).isEmpty() && price(instrument) instanceof Answer.Unknown) {
                throw ProblemException.unknownInstrument(instrument.id());
            }
        }
    }

    /**
     * The best levels, which are looked at only now and then: all else comes by itself. What cannot
     * be told at the moment comes with the next change.
     */
    void offerBook(Instrument instrument, LiveSession session) {
        if (book(instrument) instanceof Answer.Found<BookAnswer>(BookAnswer found)) {
            session.offer(
                    new Change(
                            LiveType.BOOK,
                            instrument,
                            "",
                            () -> json.writeValueAsString(BookJson.of(found, clock))));
        }
    }

    private Answer<PriceAnswer> price(Instrument instrument) {
        return aggregators.ask(Store.PRICES, instrument, "", PriceAnswer.parser());
    }

    private Answer<BookAnswer> book(Instrument instrument) {
        return aggregators.ask(Store.BOOKS, instrument, "?depth=" + bookDepth, BookAnswer.parser());
    }
}
