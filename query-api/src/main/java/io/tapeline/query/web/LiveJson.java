package io.tapeline.query.web;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.live.LiveTexts;
import io.tapeline.schemas.market.Instrument;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/** What is told live, in the words of the API. */
public final class LiveJson implements LiveTexts {

    private final JsonMapper json;
    private final Clock clock;

    public LiveJson(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String price(LiveEvent.PriceChange price) {
        return json.writeValueAsString(PriceJson.of(price.price(), price.state().name(), clock));
    }

    @Override
    public String candle(LiveEvent.CandleChange candle) {
        return json.writeValueAsString(LiveCandleJson.of(candle.candle()));
    }

    @Override
    public String depth(LiveEvent.BookSnapshot book) {
        return json.writeValueAsString(DepthJson.of(book));
    }

    @Override
    public String depth(LiveEvent.BookDelta delta) {
        return json.writeValueAsString(DepthJson.of(delta));
    }

    @Override
    public String depth(LiveEvent.BookLost lost) {
        return json.writeValueAsString(DepthJson.of(lost));
    }

    @Override
    public String resync(Instrument instrument, int passedOver) {
        return json.writeValueAsString(DepthJson.resync(instrument, passedOver));
    }
}
