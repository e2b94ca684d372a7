package io.tapeline.benchmarks.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Closed minutes of a made-up market as a stream brings them, all instruments of a minute together:
 * prices walk, volumes vary, with as many digits as an exchange gives.
 */
final class MarketMinutes {

    static final EpochMicros START = EpochMicros.of(Instant.parse("2024-07-01T00:00:00Z"));

    private static final int PRICE_SCALE = 2;
    private static final int QUANTITY_SCALE = 5;

    private final Random random = new Random(1);
    private final long[] prices;
    private long minute;

    MarketMinutes(int instruments) {
        prices = new long[instruments];
        for (int i = 0; i < instruments; i++) {
            prices[i] = 100 + random.nextInt(10_000_000);
        }
    }

    static Instrument instrument(int i) {
        return Instrument.binance("S" + i + "USDT");
    }

    /** The next candles, whole minutes of all instruments. */
    List<Candle> next(int minutes) {
        List<Candle> candles = new ArrayList<>(minutes * prices.length);
        for (int m = 0; m < minutes; m++) {
            EpochMicros openTime = new EpochMicros(START.value() + minute++ * 60_000_000);
            for (int i = 0; i < prices.length; i++) {
                candles.add(candle(i, openTime));
            }
        }
        return candles;
    }

    private Candle candle(int i, EpochMicros openTime) {
        long open = prices[i];
        long step = Math.max(2, open / 2_000);
        long close = Math.max(50, open + random.nextLong(2 * step + 1) - step);
        prices[i] = close;
        long volume = random.nextLong(5_000_000) + 1;
        long taken = random.nextLong(volume);
        return new Candle(
                instrument(i),
                Interval.ONE_MINUTE,
                openTime,
                Interval.ONE_MINUTE.closeTimeOf(openTime),
                new EpochMicros(openTime.value() + 60_000_000 + random.nextInt(50_000)),
                price(open),
                price(Math.max(open, close) + random.nextLong(step)),
                price(Math.max(1, Math.min(open, close) - random.nextLong(step))),
                price(close),
                quantity(volume),
                quote(volume, close),
                random.nextInt(2_000),
                quantity(taken),
                quote(taken, close),
                true,
                Origin.STREAM);
    }

    private static Price price(long mantissa) {
        return new Price(Decimal.of(mantissa, PRICE_SCALE));
    }

    private static Quantity quantity(long mantissa) {
        return new Quantity(Decimal.of(mantissa, QUANTITY_SCALE));
    }

    private static Quantity quote(long quantity, long price) {
        return new Quantity(Decimal.of(quantity * price, QUANTITY_SCALE + PRICE_SCALE));
    }
}
