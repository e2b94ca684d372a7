package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.Payloads;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandleTopologyTest extends TopologyFixture {

    private void assertWholeWithoutGaps(int closed) {
        assertThat(told(topics.klines()))
                .filteredOn(Candle::closed)
                .extracting(candle -> candle.openTime().toMillis())
                .doesNotHaveDuplicates()
                .hasSize(closed);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.resync())).isEmpty();
        assertThat(counters.of(Flow.CANDLE_GAPS_FOUND)).isZero();
        List<LatestPrice> prices = told(topics.prices());
        assertThat(prices).isSortedAccordingTo(Comparator.comparing(LatestPrice::eventTime));
        assertThat(prices.getLast().price()).isEqualTo(Price.of("10"));
    }

    @Test
    void candlesBackfilledBehindTheOpenOneShowNoGap() {
        kline(-1, false);
        restKlines(-501, -2);
        kline(-1, true);
        kline(0, false);

        assertWholeWithoutGaps(501);
    }

    @Test
    void candlesBackfilledBeforeTheStreamBeginsShowNoGap() {
        restKlines(-501, -2);
        kline(-1, false);
        kline(-1, true);

        assertWholeWithoutGaps(501);
    }

    @Test
    void candlesBackfilledBehindAClosedOneShowNoGap() {
        kline(-1, true);
        restKlines(-501, -1);
        kline(0, false);

        assertWholeWithoutGaps(501);
    }

    @Test
    void aClosedCandleIsToldOnceAndNeverReopens() {
        kline(0, false);
        kline(0, true);
        kline(0, true);
        kline(0, false);

        assertThat(told(topics.klines())).extracting(Candle::closed).containsExactly(false, true);
        assertThat(counters.of(Flow.KLINES_DUPLICATES)).isEqualTo(2);
    }

    @Test
    void aCandleTellsThePriceWhereNoTickerDoes() {
        kline(0, false);
        send(
                topics.rawTickers(),
                "btcusdt@ticker",
                Payloads.ticker("BTCUSDT", OPEN + 1_000, "11", "10.9", "11.1"));
        send(
                topics.rawTickers(),
                "btcusdt@ticker",
                Payloads.ticker("BTCUSDT", OPEN + 500, "12", "11.9", "12.1"));

        assertThat(told(topics.prices()))
                .extracting(LatestPrice::source)
                .containsExactly("kline", "ticker");
        assertThat(told(topics.tickers())).hasSize(1);
        assertThat(counters.of(Flow.TICKERS_OLDER)).isEqualTo(1);
    }
}
