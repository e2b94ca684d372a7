package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;

/** One-minute candles in few words. */
final class Candles {

    static final Instrument BTC = Instrument.binance("BTCUSDT");

    private Candles() {}

    static EpochMicros minute(long number) {
        return new EpochMicros(number * 60_000_000);
    }

    static Candle at(long minute, long eventSecond, boolean closed) {
        Price price = Price.of("10");
        Quantity one = Quantity.of("1");
        return new Candle(
                BTC,
                Interval.ONE_MINUTE,
                minute(minute),
                Interval.ONE_MINUTE.closeTimeOf(minute(minute)),
                new EpochMicros(eventSecond * 1_000_000),
                price,
                price,
                price,
                price,
                one,
                one,
                1,
                one,
                one,
                closed,
                Origin.STREAM);
    }
}
