package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;

/** Candles of a minute: the open one as it grows, and the closed one. Never an older one again. */
final class MinutesFeed extends Feed {

    private EpochMicros newest = new EpochMicros(0);

    MinutesFeed(String name) {
        super(name);
    }

    @Override
    synchronized void on(LiveEvent event) {
        if (event instanceof LiveEvent.CandleChange(Candle candle)
                && candle.interval() == Interval.ONE_MINUTE
                && candle.openTime().compareTo(newest) >= 0) {
            newest = candle.openTime();
            publish(out -> Payloads.candle(out, candle));
        }
    }
}
