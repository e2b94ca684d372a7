package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.minute;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every history store keeps of a candle: every digit, the newest version, once. */
public abstract class ExactnessContract extends StoredHistory {

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
}
