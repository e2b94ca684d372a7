package io.tapeline.query.document;

import io.tapeline.query.Tape;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.proto.LevelAnswer;
import io.tapeline.schemas.proto.LineCounts;
import io.tapeline.schemas.proto.PartitionLag;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.QuoteAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.proto.VolumeAnswer;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One pair of which everything is known, so that every operation has something to tell. */
final class KnownMarket {

    private static final Instrument BTC = Minutes.BTC;
    private static final EpochMicros START = Minutes.at("2024-08-09T00:00:00Z");
    private static final Trust LIVE =
            Trust.newBuilder()
                    .setState("LIVE")
                    .setUpdateId(50093239218L)
                    .setEventTimeUs(START.value())
                    .setTopic("tapeline.raw.depth")
                    .setPartition(1)
                    .setOffset(77)
                    .build();

    private KnownMarket() {}

    static FakeAggregator aggregator(int partitions) {
        PriceAnswer price =
                PriceAnswer.newBuilder()
                        .setPrice(LatestPriceCodec.toProto(price(0)))
                        .setTrust(LIVE)
                        .build();
        CandlesAnswer.Builder candles = CandlesAnswer.newBuilder();
        minutes().subList(100, 120).forEach(each -> candles.addItems(CandleCodec.toProto(each)));
        String book = "/internal/books/binance/BTCUSDT";
        return new FakeAggregator()
                .ownsAll(partitions)
                .on("/internal/prices/binance/BTCUSDT", price)
                .on(
                        "/internal/prices",
                        PriceAnswers.newBuilder()
                                .addItems(price)
                                .addAllPartitions(IntStream.range(0, partitions).boxed().toList())
                                .build())
                .on(
                        "/internal/tickers/binance/BTCUSDT",
                        TickerAnswer.newBuilder()
                                .setTicker(TickerCodec.toProto(ticker()))
                                .setTrust(LIVE)
                                .build())
                .onAnyQuery("/internal/candles/binance/BTCUSDT", candles.build())
                .onAnyQuery(
                        book,
                        BookAnswer.newBuilder()
                                .setInstrument(BTC.id())
                                .setBids(side("61855.36"))
                                .setAsks(side("61855.37"))
                                .setTrust(LIVE)
                                .build())
                .on(
                        book + "/levels/61855.36",
                        LevelAnswer.newBuilder()
                                .setSide("bid")
                                .setQuantity("1.5")
                                .setComplete(true)
                                .setTrust(LIVE)
                                .build())
                .onAnyQuery(
                        book + "/volume",
                        VolumeAnswer.newBuilder()
                                .setVolume("12.5")
                                .setTotal("773191.9")
                                .setLevels(31)
                                .setTrust(LIVE)
                                .build())
                .onAnyQuery(
                        book + "/quote",
                        QuoteAnswer.newBuilder()
                                .setFilled("2")
                                .setTotal("202")
                                .setAveragePrice("101")
                                .setBestPrice("100")
                                .setWorstPrice("102")
                                .setTrust(LIVE)
                                .build())
                .on("/internal/status", status());
    }

    private static AggregatorStatus status() {
        return AggregatorStatus.newBuilder()
                .setInstance("agg-1")
                .setState("RUNNING")
                .setPrices(1)
                .addBooks(BookCount.newBuilder().setState("LIVE").setBooks(1))
                .addLags(
                        PartitionLag.newBuilder()
                                .setTopic("raw.depth")
                                .setPartition(1)
                                .setPosition(90)
                                .setEnd(100))
                .setNewestEventUs(START.value())
                .putCounters("applied", 5)
                .addLines(
                        LineCounts.newBuilder()
                                .setLine("a")
                                .setKind("depth")
                                .setReceived(7)
                                .setFirst(7))
                .build();
    }

    private static io.tapeline.schemas.proto.Levels side(String price) {
        return LevelsCodec.toProto(
                Levels.of(List.of(Price.of(price)), List.of(Quantity.of("1.5"))));
    }

    private static LatestPrice price(int minute) {
        return new LatestPrice(
                BTC,
                Minutes.plusMinutes(START, minute),
                Price.of(Integer.toString(100 + minute)),
                minute == 1 ? null : Price.of("99"),
                null,
                "ticker");
    }

    private static Ticker ticker() {
        return new Ticker(
                BTC,
                START,
                Price.of("2"),
                Price.of("1"),
                Price.of("3"),
                Price.of("0.5"),
                Quantity.of("10"),
                new Quantity(Decimal.parse("20.5")),
                null,
                Origin.STREAM);
    }

    private static List<Candle> minutes() {
        return Minutes.random(new Random(11), BTC, START, 120);
    }

    /** The pair, prices, minutes and a gap of it. */
    static void tell(Tape tape) {
        for (String base : List.of("BTC", "ETH")) {
            Instrument pair = Instrument.binance(base + "USDT");
            tape.send(
                    tape.topics().instruments(),
                    pair,
                    InstrumentInfo.newBuilder()
                            .setInstrument(pair.id())
                            .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                            .setBaseAsset(base)
                            .setQuoteAsset("USDT")
                            .setTickSize("0.01")
                            .build());
        }
        for (int i = 0; i < 3; i++) {
            tape.send(tape.topics().prices(), BTC, price(i));
        }
        minutes().forEach(each -> tape.send(tape.topics().klines(), BTC, each));
        tape.send(
                tape.topics().gaps(),
                BTC,
                Gap.newBuilder()
                        .setId("gap-1")
                        .setInstrument(BTC.id())
                        .setKind(GapKind.GAP_KIND_DEPTH)
                        .setFrom(7)
                        .setTo(9)
                        .setFoundUs(START.value())
                        .setOutcome(GapOutcome.GAP_OUTCOME_FILLED)
                        .build());
        tape.commit();
    }
}
