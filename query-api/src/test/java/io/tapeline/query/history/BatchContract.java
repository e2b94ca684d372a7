package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every history store does with a batch, whole or not at all. */
public abstract class BatchContract extends StoredHistory {

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
