package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.ETH;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.minute;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every history store does; each implementation runs all of it. */
public abstract class HistoryStoreContract {

    private static final EpochMicros START = at("2024-08-08T23:00:00Z");
    private static final EpochMicros END = at("2100-01-01T00:00:00Z");
    private static final EpochMicros EPOCH = new EpochMicros(0);
    private static final String TEN_38 = "9999999999999999999999999999999999999.9";

    private HistoryStore store;

    /** The same store at each call of a test, as a process finds it after a start. */
    protected abstract HistoryStore open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    private static HistoryBatch candles(List<Candle> candles, Position... positions) {
        return new HistoryBatch(candles, List.of(), List.of(), List.of(positions));
    }

    private static HistoryBatch prices(LatestPrice... prices) {
        return new HistoryBatch(List.of(), List.of(prices), List.of(), List.of());
    }

    private List<CandlePart> ask(Interval interval, Order order, int limit) {
        return store.candles(new CandleQuestion(BTC, interval, EPOCH, END, order, limit));
    }

    private static List<CandlePart> minutes(List<Candle> candles) {
        return Minutes.rollUp(candles, Interval.ONE_MINUTE);
    }

    @Test
    void anEmptyStoreAnswersWithNothing() {
        assertThat(ask(Interval.ONE_MINUTE, Order.NEWEST_FIRST, 10)).isEmpty();
        assertThat(ask(Interval.ONE_MONTH, Order.OLDEST_FIRST, 10)).isEmpty();
        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 10)))
                .isEmpty();
        assertThat(store.gaps(new GapQuestion(null, null, EPOCH, END, null, 10))).isEmpty();
        assertThat(store.positions()).isEmpty();
    }

    @Test
    void candlesAreAnsweredOldestOrNewestFirstUpToTheLimit() {
        List<Candle> all = Minutes.random(new Random(1), BTC, START, 100);
        store.write(candles(all));
        store.write(candles(Minutes.random(new Random(2), ETH, START, 100)));

        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 7))
                .isEqualTo(minutes(all.subList(0, 7)));
        List<CandlePart> newest = new ArrayList<>(minutes(all.subList(93, 100)));
        Collections.reverse(newest);
        assertThat(ask(Interval.ONE_MINUTE, Order.NEWEST_FIRST, 7)).isEqualTo(newest);
        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 5_000)).isEqualTo(minutes(all));
    }

    @Test
    void aRangeIsInclusiveAtItsBeginningAndExclusiveAtItsEnd() {
        List<Candle> all = Minutes.random(new Random(3), BTC, START, 10);
        store.write(candles(all));

        assertThat(
                        store.candles(
                                new CandleQuestion(
                                        BTC,
                                        Interval.ONE_MINUTE,
                                        plusMinutes(START, 2),
                                        plusMinutes(START, 5),
                                        Order.OLDEST_FIRST,
                                        100)))
                .isEqualTo(minutes(all.subList(2, 5)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE_SECOND")
    void anyIntervalIsRolledUpExactly(Interval interval) {
        long seed = 4 + interval.ordinal();
        List<Candle> all = Minutes.random(new Random(seed), BTC, START, 3_000);
        List<Candle> withHoles = new ArrayList<>(all.subList(0, 500));
        withHoles.addAll(all.subList(730, 1_900));
        withHoles.addAll(all.subList(1_903, 3_000));
        store.write(candles(withHoles));

        List<CandlePart> expected = Minutes.rollUp(withHoles, interval);
        assertThat(ask(interval, Order.OLDEST_FIRST, 5_000))
                .as("seed %d", seed)
                .isEqualTo(expected);
        int some = Math.min(expected.size(), 3);
        assertThat(ask(interval, Order.NEWEST_FIRST, some))
                .as("seed %d", seed)
                .isEqualTo(expected.reversed().subList(0, some));
    }

    /** The part as the candle that the exchange tells when it is whole. */
    private static List<Object> values(CandlePart part) {
        return List.of(
                part.openTime(),
                part.open(),
                part.high(),
                part.low(),
                part.close(),
                part.volume(),
                part.quoteVolume(),
                part.trades(),
                part.takerBuyVolume(),
                part.takerBuyQuoteVolume());
    }

    private static List<Object> values(Candle candle) {
        return values(CandlePart.of(candle, candle.interval()));
    }

    @Test
    void minutesOfARecordingRollUpToItsFiveMinutes() throws IOException {
        List<Candle> recorded = RecordedCandles.ofTrades(BTC, Interval.ONE_MINUTE);
        store.write(candles(recorded));

        assertThat(
                        ask(Interval.FIVE_MINUTES, Order.OLDEST_FIRST, 100).stream()
                                .map(p -> values(p))
                                .toList())
                .isEqualTo(
                        RecordedCandles.ofTrades(BTC, Interval.FIVE_MINUTES).stream()
                                .map(c -> values(c))
                                .toList());
    }

    /** Whole where all minutes were recorded; else they lie within, and meet it at its edges. */
    @ParameterizedTest
    @EnumSource(names = {"FIVE_MINUTES", "ONE_HOUR", "ONE_DAY"})
    void recordedMinutesRollUpToWhatTheExchangeToldOfTheSameTime(Interval interval)
            throws IOException {
        store.write(candles(RecordedCandles.ofRest(BTC, Interval.ONE_MINUTE)));
        Map<EpochMicros, CandlePart> parts = new HashMap<>();
        ask(interval, Order.OLDEST_FIRST, 1_000).forEach(part -> parts.put(part.openTime(), part));
        for (Candle told : RecordedCandles.ofRest(BTC, interval)) {
            CandlePart part = parts.get(told.openTime());
            if (part != null && part.isComplete(interval.next(told.openTime()))) {
                assertThat(values(part)).isEqualTo(values(told));
            } else if (part != null) {
                assertThat(part.high()).isLessThanOrEqualTo(told.high());
                assertThat(part.low()).isGreaterThanOrEqualTo(told.low());
                assertThat(part.volume()).isLessThanOrEqualTo(told.volume());
                assertThat(part.trades()).isLessThanOrEqualTo(told.trades());
                if (part.firstMinute().equals(told.openTime())) {
                    assertThat(part.open()).isEqualTo(told.open());
                }
                if (part.ends()) {
                    assertThat(part.close()).isEqualTo(told.close());
                }
            }
        }
    }

    /** Against sums and extremes that share no code with the store. */
    @ParameterizedTest
    @EnumSource(names = {"FIVE_MINUTES", "FIFTEEN_MINUTES", "ONE_HOUR", "FOUR_HOURS", "ONE_DAY"})
    void madeUpMinutesRollUpToWhatTheyAddUpTo(Interval interval) {
        EpochMicros midnight = at("2024-02-28T00:00:00Z");
        List<Candle> all = Minutes.random(new Random(31), BTC, midnight, 3 * 1_440);
        store.write(candles(all));
        int length = (int) ((interval.next(midnight).value() - midnight.value()) / 60_000_000);
        List<List<Object>> expected = new ArrayList<>();
        for (int from = 0; from < all.size(); from += length) {
            List<Candle> minutes = all.subList(from, from + length);
            expected.add(
                    List.of(
                            minutes.getFirst().openTime(),
                            minutes.getFirst().open(),
                            minutes.stream().map(Candle::high).max(Price::compareTo).orElseThrow(),
                            minutes.stream().map(Candle::low).min(Price::compareTo).orElseThrow(),
                            minutes.getLast().close(),
                            sum(minutes, Candle::volume),
                            sum(minutes, Candle::quoteVolume),
                            minutes.stream().mapToLong(Candle::trades).sum(),
                            sum(minutes, Candle::takerBuyVolume),
                            sum(minutes, Candle::takerBuyQuoteVolume)));
        }

        assertThat(ask(interval, Order.OLDEST_FIRST, 1_000).stream().map(p -> values(p)).toList())
                .isEqualTo(expected);
    }

    private static Quantity sum(List<Candle> minutes, Function<Candle, Quantity> of) {
        return new Quantity(
                Decimal.of(
                        minutes.stream()
                                .map(minute -> of.apply(minute).value().toBigDecimal())
                                .reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    @Test
    void aLongSilenceIsCrossedToFindTheAskedCandles() {
        List<Candle> long_ago = Minutes.random(new Random(5), BTC, at("2019-03-01T12:00:00Z"), 3);
        List<Candle> now = Minutes.random(new Random(6), BTC, START, 2);
        store.write(candles(long_ago));
        store.write(candles(now));

        List<Candle> all = new ArrayList<>(long_ago);
        all.addAll(now);
        assertThat(ask(Interval.ONE_MINUTE, Order.NEWEST_FIRST, 5))
                .isEqualTo(minutes(all).reversed());
        assertThat(ask(Interval.FIVE_MINUTES, Order.OLDEST_FIRST, 2))
                .isEqualTo(Minutes.rollUp(all, Interval.FIVE_MINUTES));
    }

    @Test
    void thirtyEightDigitsAreKeptAndAddedExactly() {
        List<Candle> all =
                List.of(
                        minute(BTC, START, TEN_38, TEN_38, "0.1", "0.1", TEN_38),
                        new Candle(
                                BTC,
                                Interval.ONE_MINUTE,
                                plusMinutes(START, 1),
                                Interval.ONE_MINUTE.closeTimeOf(plusMinutes(START, 1)),
                                START,
                                Price.of("0.00000000000000000000000000000000000001"),
                                Price.of("0.00000000000000000000000000000000000003"),
                                Price.of("0"),
                                Price.of("0.00000000000000000000000000000000000002"),
                                Minutes.minute(BTC, START, "1", "1", "1", "1", TEN_38).volume(),
                                Minutes.minute(BTC, START, "1", "1", "1", "1", TEN_38)
                                        .quoteVolume(),
                                Integer.MAX_VALUE * 7L,
                                Minutes.minute(BTC, START, "1", "1", "1", "1", "0.5").volume(),
                                Minutes.minute(BTC, START, "1", "1", "1", "1", TEN_38).volume(),
                                true,
                                io.tapeline.schemas.market.Origin.REST));
        store.write(candles(List.of(all.get(1))));
        store.write(candles(List.of(withQuote(all.get(0)))));

        assertThat(ask(Interval.ONE_DAY, Order.OLDEST_FIRST, 5))
                .isEqualTo(
                        Minutes.rollUp(
                                List.of(withQuote(all.get(0)), all.get(1)), Interval.ONE_DAY));
    }

    /** With a quote volume of 38 digits, where the product of price and volume has more. */
    private static Candle withQuote(Candle c) {
        return new Candle(
                c.instrument(),
                c.interval(),
                c.openTime(),
                c.closeTime(),
                c.eventTime(),
                c.open(),
                c.high(),
                c.low(),
                c.close(),
                c.volume(),
                c.volume(),
                c.trades(),
                c.takerBuyVolume(),
                c.takerBuyQuoteVolume(),
                c.closed(),
                c.origin());
    }

    @Test
    void whatCannotBeHeldExactlyIsRefusedWithAReasonAndNeverRounded() {
        Candle apart =
                minute(
                        BTC,
                        START,
                        "99999999999999999999",
                        "99999999999999999999",
                        "0.0000000000000000000000001",
                        "1",
                        "1");
        LatestPrice price =
                new LatestPrice(
                        BTC,
                        START,
                        Price.of("99999999999999999999"),
                        Price.of("0.0000000000000000000000001"),
                        null,
                        "ticker");
        if (store.refusal(apart).isPresent()) {
            assertThat(store.refusal(apart).orElseThrow()).contains("38 digits");
            assertThatThrownBy(() -> store.write(candles(List.of(apart))))
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            store.write(candles(List.of(apart)));
            assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 2))
                    .isEqualTo(minutes(List.of(apart)));
        }
        if (store.refusal(price).isEmpty()) {
            store.write(prices(price));
        }
        assertThat(store.refusal(minute(BTC, START, "1", "1", "1", "1", TEN_38))).isEmpty();
    }

    @Test
    void aCandleWrittenTwiceIsThereOnce() {
        List<Candle> all = Minutes.random(new Random(7), BTC, START, 50);
        store.write(candles(all));
        store.write(candles(all));
        List<Candle> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, new Random(8));
        mixed.addAll(mixed.subList(0, 20));
        store.write(candles(mixed));

        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 100)).isEqualTo(minutes(all));
    }

    @Test
    void ofTwoVersionsOfACandleTheNewerEventTimeStaysWhicheverComesFirst() {
        Candle older = minute(BTC, START, "1", "2", "1", "2", "5");
        Candle newer = eventAt(minute(BTC, START, "1", "3", "1", "2", "6"), plusMinutes(START, 9));
        store.write(candles(List.of(older)));
        store.write(candles(List.of(newer)));
        store.write(candles(List.of(older)));
        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 5))
                .isEqualTo(minutes(List.of(newer)));

        Candle newest = eventAt(older, plusMinutes(START, 10));
        store.write(candles(List.of(newest, newer)));
        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 5))
                .isEqualTo(minutes(List.of(newest)));
    }

    private static Candle eventAt(Candle c, EpochMicros eventTime) {
        return new Candle(
                c.instrument(),
                c.interval(),
                c.openTime(),
                c.closeTime(),
                eventTime,
                c.open(),
                c.high(),
                c.low(),
                c.close(),
                c.volume(),
                c.quoteVolume(),
                c.trades(),
                c.takerBuyVolume(),
                c.takerBuyQuoteVolume(),
                c.closed(),
                c.origin());
    }

    @Test
    void anOpenCandleIsNoHistory() {
        Candle open = minute(BTC, START, "1", "1", "1", "1", "1", false);
        assertThatThrownBy(() -> candles(List.of(open)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("open");
    }

    @Test
    void symbolsThatAreNotAsciiAreKept() {
        Instrument coin = Instrument.binance("币安人生USDT");
        Candle candle = minute(coin, START, "1", "1", "1", "1", "1");
        store.write(candles(List.of(candle)));
        assertThat(
                        store.candles(
                                new CandleQuestion(
                                        coin,
                                        Interval.ONE_MINUTE,
                                        EPOCH,
                                        END,
                                        Order.OLDEST_FIRST,
                                        1)))
                .isEqualTo(minutes(List.of(candle)));
    }

    @Test
    void pricesAreAnsweredInBothOrdersOncePerEventTime() {
        LatestPrice first = price(START, "61855.3", null, "61855.31");
        LatestPrice second = price(plusMinutes(START, 1), "0.000000001", "0", null);
        LatestPrice again = price(plusMinutes(START, 1), "0.000000002", "0", null);
        store.write(prices(second, first));
        store.write(prices(first, again));

        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.OLDEST_FIRST, 10)))
                .isEqualTo(
                        List.of(
                                new RecordedPrice(first, again.eventTime()),
                                new RecordedPrice(again, null)));
        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 1)))
                .isEqualTo(List.of(new RecordedPrice(again, null)));
        assertThat(
                        store.prices(
                                new PriceQuestion(
                                        BTC, START, plusMinutes(START, 1), Order.OLDEST_FIRST, 10)))
                .isEqualTo(List.of(new RecordedPrice(first, again.eventTime())));
    }

    @Test
    void aPriceIsValidUntilTheNextOneWhateverWasAskedFor() {
        List<LatestPrice> all = new ArrayList<>();
        for (int minute = 0; minute < 8; minute++) {
            all.add(price(plusMinutes(START, minute), "5", null, null));
        }
        store.write(prices(all.toArray(LatestPrice[]::new)));
        LatestPrice other =
                new LatestPrice(ETH, plusMinutes(START, 3), Price.of("1"), null, null, "ticker");
        store.write(prices(other));
        List<RecordedPrice> valid = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            valid.add(new RecordedPrice(all.get(i), i < 7 ? all.get(i + 1).eventTime() : null));
        }

        for (int from = 0; from < 8; from++) {
            for (int to = from + 1; to <= 8; to++) {
                for (int limit : new int[] {1, 3, 8}) {
                    EpochMicros begin = plusMinutes(START, from);
                    EpochMicros end = plusMinutes(START, to);
                    assertThat(
                                    store.prices(
                                            new PriceQuestion(
                                                    BTC, begin, end, Order.OLDEST_FIRST, limit)))
                            .isEqualTo(valid.subList(from, Math.min(to, from + limit)));
                    assertThat(
                                    store.prices(
                                            new PriceQuestion(
                                                    BTC, begin, end, Order.NEWEST_FIRST, limit)))
                            .isEqualTo(valid.subList(Math.max(from, to - limit), to).reversed());
                }
            }
        }
        LatestPrice next = price(plusMinutes(START, 99), "6", null, null);
        store.write(prices(next));
        assertThat(
                        store.prices(
                                new PriceQuestion(
                                        BTC, plusMinutes(START, 7), END, Order.NEWEST_FIRST, 2)))
                .isEqualTo(
                        List.of(
                                new RecordedPrice(next, null),
                                new RecordedPrice(all.get(7), next.eventTime())));
        assertThat(store.prices(new PriceQuestion(ETH, EPOCH, END, Order.NEWEST_FIRST, 1)))
                .isEqualTo(List.of(new RecordedPrice(other, null)));
    }

    private static LatestPrice price(
            EpochMicros time,
            String price,
            @org.jspecify.annotations.Nullable String bid,
            @org.jspecify.annotations.Nullable String ask) {
        return new LatestPrice(
                BTC,
                time,
                Price.of(price),
                bid == null ? null : Price.of(bid),
                ask == null ? null : Price.of(ask),
                "ticker");
    }

    @Test
    void aGapIsAnsweredAsItWasLastTold() {
        Gap open = gap("g1", BTC, START).build();
        Gap filled = gap("g1", BTC, START).setHow("snapshot 7").build();
        Gap other = gap("g2", ETH, plusMinutes(START, 1)).build();
        Gap same = gap("g3", ETH, plusMinutes(START, 1)).build();
        store.write(new HistoryBatch(List.of(), List.of(), List.of(open, other), List.of()));
        store.write(new HistoryBatch(List.of(), List.of(), List.of(same, open, filled), List.of()));

        assertThat(store.gaps(new GapQuestion(null, null, EPOCH, END, null, 10)))
                .isEqualTo(List.of(other, same, filled));
        assertThat(store.gaps(new GapQuestion(Venue.BINANCE, "BTCUSDT", EPOCH, END, null, 10)))
                .isEqualTo(List.of(filled));
        assertThat(
                        store.gaps(
                                new GapQuestion(
                                        null,
                                        null,
                                        EPOCH,
                                        END,
                                        new GapQuestion.After(plusMinutes(START, 1), "g2"),
                                        10)))
                .isEqualTo(List.of(same, filled));
    }

    private static Gap.Builder gap(String id, Instrument instrument, EpochMicros found) {
        return Gap.newBuilder().setId(id).setInstrument(instrument.id()).setFoundUs(found.value());
    }

    private static Ticker ticker(Instrument instrument, EpochMicros time, String last) {
        return new Ticker(
                instrument,
                time,
                Price.of(last),
                Price.of("1"),
                Price.of("99999"),
                Price.of("0.00000001"),
                Quantity.of("123456789.5"),
                Quantity.of(TEN_38),
                null,
                Origin.STREAM);
    }

    @Test
    void tickersAreAnsweredInBothOrdersOncePerEventTime() {
        List<Ticker> all = new ArrayList<>();
        for (int minute = 0; minute < 10; minute++) {
            all.add(ticker(BTC, plusMinutes(START, minute), "6000" + minute));
        }
        Ticker again = ticker(BTC, plusMinutes(START, 9), "70000");
        store.write(tickers(all));
        store.write(tickers(List.of(ticker(ETH, START, "5"), all.get(0), again)));
        all.set(9, again);

        assertThat(
                        store.tickers(
                                new TickerQuestion(
                                        BTC,
                                        plusMinutes(START, 2),
                                        plusMinutes(START, 8),
                                        Order.OLDEST_FIRST,
                                        3)))
                .isEqualTo(all.subList(2, 5));
        assertThat(store.tickers(new TickerQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 2)))
                .isEqualTo(List.of(again, all.get(8)));
        assertThat(
                        store.tickers(
                                new TickerQuestion(
                                        Instrument.binance("NONE"),
                                        EPOCH,
                                        END,
                                        Order.NEWEST_FIRST,
                                        2)))
                .isEmpty();
    }

    private static HistoryBatch tickers(List<Ticker> tickers) {
        return new HistoryBatch(List.of(), List.of(), tickers, List.of(), List.of(), List.of(), "");
    }

    @Test
    void whatWasKnownOfAnInstrumentIsKeptStateByState() {
        InstrumentInfo listed =
                InstrumentInfo.newBuilder()
                        .setInstrument(BTC.id())
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                        .setUpdatedUs(START.value())
                        .build();
        InstrumentInfo delisted =
                listed.toBuilder()
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                        .setUpdatedUs(plusMinutes(START, 7).value())
                        .build();
        HistoryBatch both =
                new HistoryBatch(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(listed, delisted),
                        List.of(),
                        List.of(),
                        "");
        store.write(both);
        store.write(both);

        assertThat(
                        store.instruments(
                                new InstrumentQuestion(BTC, EPOCH, END, Order.OLDEST_FIRST, 10)))
                .isEqualTo(List.of(listed, delisted));
        assertThat(
                        store.instruments(
                                new InstrumentQuestion(
                                        BTC, EPOCH, plusMinutes(START, 7), Order.NEWEST_FIRST, 10)))
                .isEqualTo(List.of(listed));
    }

    @Test
    void aBatchThatComesAgainUnderItsNameIsThereOnce() {
        List<Candle> all = Minutes.random(new Random(12), BTC, START, 30);
        HistoryBatch named =
                new HistoryBatch(
                        all,
                        List.of(price(START, "1", null, null)),
                        List.of(),
                        List.of(),
                        List.of(gap("g1", BTC, START).build()),
                        List.of(new Position("klines", "id-1", 0, 30)),
                        "klines:id-1/0@0-30");
        store.write(named);
        store.write(named);

        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 100)).isEqualTo(minutes(all));
        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 5)))
                .hasSize(1);
        assertThat(store.gaps(new GapQuestion(null, null, EPOCH, END, null, 5))).hasSize(1);
        assertThat(store.positions()).isEqualTo(named.positions());
    }

    @Test
    void rowsAndPositionsAreThereAfterANewStart() {
        List<Candle> all = Minutes.random(new Random(9), BTC, START, 20);
        store.write(candles(all.subList(0, 10), new Position("klines", "id-1", 0, 10)));
        store.write(
                candles(
                        all.subList(10, 20),
                        new Position("klines", "id-1", 0, 20),
                        new Position("klines", "id-1", 3, 4)));
        store.close();
        store = open();

        assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 100)).isEqualTo(minutes(all));
        assertThat(store.positions())
                .isEqualTo(
                        List.of(
                                new Position("klines", "id-1", 0, 20),
                                new Position("klines", "id-1", 3, 4)));
    }

    @Test
    void aRefusedBatchLeavesNothingBehind() {
        Candle good = minute(Instrument.binance("NEWUSDT"), START, "1", "1", "1", "1", "1");
        Candle bad =
                minute(
                        BTC,
                        START,
                        "99999999999999999999",
                        "99999999999999999999",
                        "0.0000000000000000000000001",
                        "1",
                        "1");
        if (store.refusal(bad).isPresent()) {
            assertThatThrownBy(() ->
                            store.write(
                                    candles(
                                            List.of(good, bad),
                                            new Position("klines", "id-1", 0, 2))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.positions()).isEmpty();
            assertThat(ask(Interval.ONE_MINUTE, Order.OLDEST_FIRST, 5)).isEmpty();
        }
        store.write(candles(List.of(good)));
    }
}
