package io.tapeline.query.web;

import com.google.protobuf.Parser;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.PriceAnswer;
import java.util.Set;

/** Questions about live state whose other outcomes than "found" end the request. */
final class Live {

    private final Aggregators aggregators;
    private final InstrumentRegistry registry;

    Live(Aggregators aggregators, InstrumentRegistry registry) {
        this.aggregators = aggregators;
        this.registry = registry;
    }

    /**
     * @param rest what follows the instrument in the aggregator's path
     * @param what is asked for, in words
     */
    <T> T ask(Store store, Instrument instrument, String rest, Parser<T> parser, String what) {
        return found(aggregators.ask(store, instrument, rest, parser), instrument, what);
    }

    <T> T found(Answer<T> answer, Instrument instrument, String what) {
        return switch (answer) {
            case Answer.Found<T>(T value) -> value;
            case Answer.Unknown<T> _ ->
                    throw registry.of(instrument).isPresent()
                            ? ProblemException.nothingYet(instrument.id(), what)
                            : ProblemException.unknownInstrument(instrument.id());
            case Answer.NotReady<T> notReady ->
                    throw ProblemException.notReady(
                            "No live answer: " + notReady.why() + ".", notReady.retryAfter());
            case Answer.Refused<T>(String reason) -> throw ProblemException.badRequest(reason);
        };
    }

    /** Ends the request if neither the registry nor the state knows one of them. */
    void requireKnown(Set<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            if (!knows(instrument) && price(instrument) instanceof Answer.Unknown) {
                throw ProblemException.unknownInstrument(instrument.id());
            }
        }
    }

    private Answer<PriceAnswer> price(Instrument instrument) {
        return aggregators.ask(Store.PRICES, instrument, "", PriceAnswer.parser());
    }

    boolean knows(Instrument instrument) {
        return registry.of(instrument).isPresent();
    }
}
