package io.tapeline.query.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Tape;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.clickhouse.HeldCandles;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of candles of which each one is known by its number, so that any number of them need no
 * memory: as many minutes of as many instruments, time-major, as a market closes them.
 */
record KnownCandles(int instruments, int minutes) {

    private static final EpochMicros START = Minutes.at("2024-07-30T00:00:00Z");
    private static final EpochMicros END = Minutes.at("2100-01-01T00:00:00Z");
    private static final int PER_TRANSACTION = 20_000;

    long count() {
        return (long) instruments * minutes;
    }

    private static Instrument instrument(int i) {
        return Instrument.binance("S" + i + "USDT");
    }

    private static Candle candle(int i, int minute) {
        EpochMicros open = Minutes.plusMinutes(START, minute);
        long price = 1_000_000L + i * 1_000L + minute % 997;
        return new Candle(
                instrument(i),
                Interval.ONE_MINUTE,
                open,
                Interval.ONE_MINUTE.closeTimeOf(open),
                new EpochMicros(open.value() + 60_000_001L),
                price(price),
                price(price + 7),
                price(price - 3),
                price(price + 1),
                quantity(minute + 1L),
                quantity((minute + 1L) * 1_000),
                i + 1L,
                quantity(minute),
                quantity(minute * 1_000L),
                true,
                Origin.STREAM);
    }

    private static Price price(long mantissa) {
        return new Price(Decimal.of(mantissa, 2));
    }

    private static Quantity quantity(long mantissa) {
        return new Quantity(Decimal.of(mantissa, 5));
    }

    void sendTo(Tape tape) {
        long sent = 0;
        for (int minute = 0; minute < minutes; minute++) {
            for (int i = 0; i < instruments; i++) {
                tape.send(tape.topics().klines(), instrument(i), candle(i, minute));
                if (++sent % PER_TRANSACTION == 0) {
                    tape.commit();
                }
            }
        }
        tape.commit();
    }

    /** What the store adds up to when each candle is in it once. */
    HeldCandles.Sums sums() {
        long volumes = 0;
        long closes = 0;
        long trades = 0;
        for (int minute = 0; minute < minutes; minute++) {
            volumes += minute + 1L;
        }
        for (int i = 0; i < instruments; i++) {
            for (int minute = 0; minute < minutes; minute++) {
                closes += 1_000_001L + i * 1_000L + minute % 997;
                trades += i + 1L;
            }
        }
        // At the scale 8 of the store.
        return new HeldCandles.Sums(
                count(), volumes * instruments * 1_000, closes * 1_000_000, trades);
    }

    /** Each value of some of the instruments. */
    void assertIsHeldBy(HistoryStore store, int... some) {
        for (int i : some) {
            List<Candle> expected = new ArrayList<>();
            for (int minute = 0; minute < Math.min(minutes, 5_000); minute++) {
                expected.add(candle(i, minute));
            }
            assertThat(
                            store.candles(
                                    new CandleQuestion(
                                            instrument(i),
                                            Interval.ONE_MINUTE,
                                            START,
                                            END,
                                            Order.OLDEST_FIRST,
                                            5_000)))
                    .isEqualTo(Minutes.rollUp(expected, Interval.ONE_MINUTE));
        }
    }
}
