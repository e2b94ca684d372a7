package io.tapeline.query.web;

import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** An aggregator that knows one pair, and tells of it what the test wants. */
final class LiveFixture {

    static final Instrument BTC = Instrument.binance("BTCUSDT");

    /** A millisecond past the beginning of 2026. */
    static final long TIME = 1_767_225_600_001_000L;

    private LiveFixture() {}

    /** Knows a price of 1, and a book of id 10. */
    static FakeAggregator aggregator() {
        FakeAggregator aggregator = new FakeAggregator();
        PriceAnswer price =
                PriceAnswer.newBuilder()
                        .setPrice(LatestPriceCodec.toProto(latest(1)))
                        .setTrust(Trust.newBuilder().setState("LIVE"))
                        .build();
        aggregator
                .ownsAll(6)
                .on("/internal/prices/binance/BTCUSDT", price)
                .on("/internal/books/binance/BTCUSDT?depth=500", book(10));
        aggregator
                .feeds()
                .holds(Store.PRICES, BTC, FeedMessage.newBuilder().setPriceHeld(price).build())
                .holds(Store.BOOKS, BTC, FeedMessage.newBuilder().setBookHeld(book(10)).build());
        return aggregator;
    }

    private static LatestPrice latest(int price) {
        return new LatestPrice(
                BTC,
                new EpochMicros(TIME + price),
                Price.of(Integer.toString(price)),
                null,
                null,
                "ticker");
    }

    static FeedMessage price(int price) {
        return FeedMessage.newBuilder().setPrice(LatestPriceCodec.toProto(latest(price))).build();
    }

    /** Of one bid at 99,000, as many as its id. */
    static BookAnswer book(long id) {
        return BookAnswer.newBuilder()
                .setInstrument(BTC.id())
                .setBids(LevelsCodec.toProto(levels(id, 1)))
                .setTrust(Trust.newBuilder().setState("LIVE").setUpdateId(id).setEventTimeUs(TIME))
                .build();
    }

    /** To a book with as many at 99,000 as its id, and more beneath. */
    static FeedMessage delta(long id, int levels) {
        return FeedMessage.newBuilder()
                .setBook(
                        BookEventCodec.toProto(
                                new BookEvent.Delta(
                                        BTC,
                                        new EpochMicros(TIME),
                                        id,
                                        id,
                                        id - 1,
                                        levels(id, levels),
                                        Levels.EMPTY)))
                .build();
    }

    static FeedMessage lost() {
        return FeedMessage.newBuilder()
                .setBook(
                        BookEventCodec.toProto(
                                new BookEvent.Lost(BTC, new EpochMicros(TIME), "gap")))
                .build();
    }

    private static Levels levels(long quantity, int count) {
        return Levels.of(
                IntStream.range(0, count)
                        .mapToObj(i -> Price.of(Integer.toString(99_000 - i)))
                        .toList(),
                List.copyOf(Collections.nCopies(count, Quantity.of(Long.toString(quantity)))));
    }
}
