package io.tapeline.schemas.wire;

import io.tapeline.schemas.Seeds;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values of every clean topic: the ones whose bytes are kept, and random ones. */
final class Samples {

    private static final Instrument BTCUSDT = Instrument.binance("BTCUSDT");
    private static final EpochMicros TIME = new EpochMicros(1_723_161_255_208_123L);

    static final Candle CANDLE = candle("1276310.69236872");

    /** A quote volume that does not fit in 64 bits beside the other's decimals. */
    static final Candle WIDE_CANDLE = candle("12345678901234567890.123456789");

    static final Ticker TICKER = ticker(details());
    static final Ticker MINI_TICKER =
            new Ticker(
                    TICKER.instrument(),
                    TICKER.eventTime(),
                    TICKER.last(),
                    TICKER.open(),
                    TICKER.high(),
                    TICKER.low(),
                    TICKER.volume(),
                    TICKER.quoteVolume(),
                    null,
                    Origin.REST);

    static final LatestPrice PRICE =
            new LatestPrice(
                    BTCUSDT,
                    TIME,
                    Price.of("61837.63"),
                    Price.of("61837.60"),
                    Price.of("61837.64"),
                    "ticker");
    static final LatestPrice BARE_PRICE =
            new LatestPrice(
                    Instrument.parse("coingecko:bitcoin-usd"),
                    TIME,
                    Price.of("61837"),
                    null,
                    null,
                    "simple/price");

    static final BookEvent DELTA =
            new BookEvent.Delta(
                    BTCUSDT,
                    TIME,
                    50_093_239_189L,
                    50_093_239_202L,
                    50_093_239_195L,
                    levels("61737.63000000", "0.00000000", "61730.17000000", "1.50000000"),
                    levels("61837.64000000", "1.54698000"));
    static final BookEvent RESET =
            new BookEvent.Reset(
                    Instrument.binance("币安人生USDT"),
                    TIME,
                    50_093_239_218L,
                    levels("61837.63000000", "3.78826000"),
                    Levels.EMPTY,
                    false,
                    true,
                    "first snapshot");
    static final BookEvent WIDE_RESET =
            new BookEvent.Reset(
                    Instrument.binance("PEPEUSDT"),
                    TIME,
                    7,
                    levels("0.00000112", "12345678901234567890", "0.00000111", "9.1"),
                    levels("98765432109876543210.5", "0.00000000000000000001"),
                    true,
                    false,
                    "gap");
    static final BookEvent LOST = new BookEvent.Lost(BTCUSDT, TIME, "gap");

    private Samples() {}

    private static Levels levels(String... pricesAndQuantities) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            prices.add(Price.of(pricesAndQuantities[i]));
            quantities.add(Quantity.of(pricesAndQuantities[i + 1]));
        }
        return Levels.of(prices, quantities);
    }

    private static Candle candle(String quoteVolume) {
        return new Candle(
                BTCUSDT,
                Interval.ONE_MINUTE,
                EpochMicros.ofMillis(1_723_161_300_000L),
                EpochMicros.ofMillis(1_723_161_359_999L),
                EpochMicros.ofMillis(1_723_161_360_013L),
                Price.of("61837.63000000"),
                Price.of("61855.37000000"),
                Price.of("61800.10000000"),
                Price.of("61840.00000000"),
                Quantity.of("20.63957400"),
                Quantity.of(quoteVolume),
                743,
                Quantity.of("19.31210700"),
                Quantity.of("1194231.99488069"),
                true,
                Origin.STREAM);
    }

    private static Ticker ticker(Ticker.Details details) {
        return new Ticker(
                BTCUSDT,
                TIME,
                Price.of("61837.63000000"),
                Price.of("61902.63000000"),
                Price.of("62738.00000000"),
                Price.of("57590.00000000"),
                Quantity.of("48745.36667100"),
                Quantity.of("2990186405.18534620"),
                details,
                Origin.STREAM);
    }

    private static Ticker.Details details() {
        return new Ticker.Details(
                Decimal.parse("-65.00000000"),
                Decimal.parse("-0.105"),
                Price.of("61343.29777965"),
                Price.of("61902.64000000"),
                Quantity.of("0.00250000"),
                Price.of("61837.63000000"),
                Quantity.of("3.78826000"),
                Price.of("61837.64000000"),
                Quantity.of("1.54698000"),
                EpochMicros.ofMillis(1_723_074_855_005L),
                EpochMicros.ofMillis(1_723_161_255_005L),
                -1,
                3_735_683_259L,
                4_504_522);
    }

    static Candle randomCandle(Random random) {
        Price a = price(random);
        Price b = price(random);
        EpochMicros open = Interval.ONE_HOUR.openTimeOf(new EpochMicros(random.nextLong(1L << 51)));
        return new Candle(
                BTCUSDT,
                Interval.ONE_HOUR,
                open,
                Interval.ONE_HOUR.closeTimeOf(open),
                new EpochMicros(random.nextLong(1L << 51)),
                price(random),
                a.compareTo(b) < 0 ? b : a,
                a.compareTo(b) < 0 ? a : b,
                price(random),
                quantity(random),
                quantity(random),
                random.nextLong(1L << 40),
                quantity(random),
                quantity(random),
                random.nextBoolean(),
                random.nextBoolean() ? Origin.STREAM : Origin.REST);
    }

    static Ticker randomTicker(Random random) {
        Ticker.Details details =
                random.nextInt(3) == 0
                        ? null
                        : new Ticker.Details(
                                signed(random),
                                signed(random),
                                price(random),
                                price(random),
                                quantity(random),
                                price(random),
                                quantity(random),
                                price(random),
                                quantity(random),
                                new EpochMicros(random.nextLong()),
                                new EpochMicros(random.nextLong()),
                                random.nextLong(),
                                random.nextLong(),
                                random.nextLong());
        return new Ticker(
                BTCUSDT,
                new EpochMicros(random.nextLong()),
                price(random),
                price(random),
                price(random),
                price(random),
                quantity(random),
                quantity(random),
                details,
                Origin.STREAM);
    }

    static LatestPrice randomPrice(Random random) {
        return new LatestPrice(
                BTCUSDT,
                new EpochMicros(random.nextLong()),
                price(random),
                random.nextBoolean() ? null : price(random),
                random.nextBoolean() ? null : price(random),
                "ticker");
    }

    static BookEvent randomBookEvent(Random random) {
        EpochMicros time = new EpochMicros(random.nextLong());
        long id = random.nextLong(1L << 50);
        return switch (random.nextInt(3)) {
            case 0 ->
                    new BookEvent.Delta(
                            BTCUSDT, time, id, id + 9, id + 3, levels(random), levels(random));
            case 1 ->
                    new BookEvent.Reset(
                            BTCUSDT,
                            time,
                            id,
                            levels(random),
                            levels(random),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            "restart");
            default -> new BookEvent.Lost(BTCUSDT, time, "crossed");
        };
    }

    private static Levels levels(Random random) {
        int size = random.nextInt(5);
        if (random.nextBoolean()) {
            return Levels.compact(
                    size,
                    random.nextInt(20),
                    random.nextInt(20),
                    random.longs(size, 0, Long.MAX_VALUE)
                            .map(m -> m >> random.nextInt(60))
                            .toArray(),
                    random.longs(size, 0, 9).map(m -> m * 1_000).toArray());
        }
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            prices.add(price(random));
            quantities.add(quantity(random));
        }
        return Levels.of(prices, quantities);
    }

    private static Decimal signed(Random random) {
        String text = Seeds.decimalText(random);
        return Decimal.parse(random.nextBoolean() ? text : "-" + text);
    }

    private static Price price(Random random) {
        return Price.of(Seeds.decimalText(random));
    }

    private static Quantity quantity(Random random) {
        return Quantity.of(Seeds.decimalText(random));
    }
}
