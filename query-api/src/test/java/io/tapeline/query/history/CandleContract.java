package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.ETH;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.minute;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Candles of any interval, as every history store answers them out of its minutes. */
public abstract class CandleContract extends StoredHistory {

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
}
