package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.util.Arrays;

/** Depth messages in few words: a level is {@code "price quantity"}. */
public final class Books {

    public static final Instrument BTC = Instrument.binance("BTCUSDT");

    private Books() {}

    public static Levels levels(String... levels) {
        return Levels.of(
                Arrays.stream(levels).map(l -> Price.of(l.substring(0, l.indexOf(' ')))).toList(),
                Arrays.stream(levels)
                        .map(l -> Quantity.of(l.substring(l.indexOf(' ') + 1)))
                        .toList());
    }

    public static DepthSnapshot snapshot(long id, Levels bids, Levels asks) {
        return new DepthSnapshot(BTC, id, bids, asks, 5_000);
    }

    public static DepthUpdate update(long first, long last, Levels bids, Levels asks) {
        return new DepthUpdate(BTC, new EpochMicros(last * 1_000), first, last, bids, asks);
    }
}
