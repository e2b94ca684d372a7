package io.tapeline.query;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;

/** The newest minutes of an instrument, asked of the aggregator that holds them. */
final class StateMinutes implements CandleAnswers.RecentMinutes {

    private static final String QUERY = "?interval=1m&limit=1000";

    private final Aggregators aggregators;

    StateMinutes(Aggregators aggregators) {
        this.aggregators = aggregators;
    }

    @Override
    public Answer<List<Candle>> of(Instrument instrument) {
        return switch (aggregators.ask(Store.CANDLES, instrument, QUERY, CandlesAnswer.parser())) {
            case Answer.Found<CandlesAnswer>(CandlesAnswer held) ->
                    new Answer.Found<>(decode(held));
            case Answer.Unknown<CandlesAnswer> _ -> new Answer.Unknown<>();
            case Answer.NotReady<CandlesAnswer> no ->
                    new Answer.NotReady<>(no.why(), no.retryAfter());
            case Answer.Refused<CandlesAnswer>(String reason) -> new Answer.Refused<>(reason);
        };
    }

    private static List<Candle> decode(CandlesAnswer held) {
        List<Candle> minutes = new ArrayList<>(held.getItemsCount());
        try {
            for (io.tapeline.schemas.proto.Candle candle : held.getItemsList()) {
                minutes.add(CandleCodec.fromProto(candle));
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("candles: the aggregator's answer is malformed", e);
        }
        return minutes;
    }
}
