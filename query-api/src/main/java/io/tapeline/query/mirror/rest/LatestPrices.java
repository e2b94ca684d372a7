package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;
import java.util.function.Predicate;

/** {@code ticker/price}. */
final class LatestPrices implements Tickers.Kind<PriceAnswer> {

    private final State state;
    private final Fleet fleet;

    LatestPrices(State state, Fleet fleet) {
        this.state = state;
        this.fleet = fleet;
    }

    Operation operation(Pairs pairs) {
        return new Operation("ticker/price", Tickers.SELECTION, new Tickers<>(pairs, this)::answer);
    }

    @Override
    public PriceAnswer one(InstrumentInfo info, Reply reply) {
        return state.ask(Store.PRICES, info, "", PriceAnswer.parser());
    }

    @Override
    public Answer<List<PriceAnswer>> all(Predicate<Instrument> wanted) {
        return fleet.prices(wanted);
    }

    @Override
    public Instrument instrumentOf(PriceAnswer told) {
        return Instrument.parse(told.getPrice().getInstrument());
    }

    @Override
    public boolean write(PriceAnswer told, Query query, ExchangeJson out, Reply reply) {
        reply.state(State.of(told.getTrust()));
        LatestPrice price;
        try {
            price = LatestPriceCodec.fromProto(told.getPrice());
        } catch (MalformedPayload e) {
            throw new IllegalStateException("price: the aggregator's answer is malformed", e);
        }
        out.open('{').name("symbol").text(price.instrument().symbol());
        out.name("price").decimal(price.price().value()).close('}');
        return true;
    }
}
