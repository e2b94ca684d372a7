package io.tapeline.query.history;

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

/** Candles of a minute for tests. */
public final class Minutes {

    public static final Instrument BTC = Instrument.binance("BTCUSDT");
    public static final Instrument ETH = Instrument.binance("ETHUSDT");

    private Minutes() {}

    public static EpochMicros at(String time) {
        return EpochMicros.of(Instant.parse(time));
    }

    public static EpochMicros plusMinutes(EpochMicros time, long minutes) {
        return new EpochMicros(time.value() + minutes * 60_000_000L);
    }

    /** A closed minute whose open, high, low and close are the given prices. */
    public static Candle minute(
            Instrument instrument,
            EpochMicros openTime,
            String open,
            String high,
            String low,
            String close,
            String volume) {
        return minute(instrument, openTime, open, high, low, close, volume, true);
    }

    public static Candle minute(
            Instrument instrument,
            EpochMicros openTime,
            String open,
            String high,
            String low,
            String close,
            String volume,
            boolean closed) {
        Quantity traded = Quantity.of(volume);
        return new Candle(
                instrument,
                Interval.ONE_MINUTE,
                openTime,
                Interval.ONE_MINUTE.closeTimeOf(openTime),
                new EpochMicros(openTime.value() + 60_000_001L),
                Price.of(open),
                Price.of(high),
                Price.of(low),
                Price.of(close),
                traded,
                new Quantity(traded.value().times(Price.of(close).value())),
                3,
                traded,
                traded,
                closed,
                Origin.STREAM);
    }

    /** Minutes that follow one another, of random but plausible content. */
    public static List<Candle> random(
            Random random, Instrument instrument, EpochMicros from, int count) {
        List<Candle> minutes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int scale = random.nextInt(9);
            long open = 1_000 + random.nextInt(1_000_000);
            long close = 1_000 + random.nextInt(1_000_000);
            minutes.add(
                    minute(
                            instrument,
                            plusMinutes(from, i),
                            text(open, scale),
                            text(Math.max(open, close) + random.nextInt(5), scale),
                            text(Math.min(open, close) - random.nextInt(5), scale),
                            text(close, scale),
                            text(random.nextInt(100_000_000), 8)));
        }
        return minutes;
    }

    private static String text(long mantissa, int scale) {
        return Decimal.of(mantissa, scale).toString();
    }

    /** The straightforward roll-up that the store's is compared with. */
    public static List<CandlePart> rollUp(List<Candle> minutes, Interval interval) {
        List<CandlePart> parts = new ArrayList<>();
        for (Candle minute : minutes) {
            CandlePart part = CandlePart.of(minute, interval);
            if (!parts.isEmpty() && parts.getLast().openTime().equals(part.openTime())) {
                parts.set(parts.size() - 1, parts.getLast().plus(part));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }
}
