package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.schemas.market.Ticker;
import java.util.function.BiConsumer;

/** Statistics of 24 hours of one pair, as they come: the exchange tells them each second. */
final class DayFeed extends Feed {

    private final BiConsumer<ExchangeJson, Ticker> payload;

    DayFeed(String name, BiConsumer<ExchangeJson, Ticker> payload) {
        super(name);
        this.payload = payload;
    }

    @Override
    void on(LiveEvent event) {
        if (event instanceof LiveEvent.TickerChange(Ticker ticker, LiveState state)
                && state == LiveState.LIVE) {
            publish(out -> payload.accept(out, ticker));
        }
    }
}
