package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candles that a reader or a collection asked for. */
class PastCandlesTopologyTest extends TopologyFixture {

    private void historyKlines(long firstMinute, long lastMinute) {
        restKlines("rest/klines?interval=1m&purpose=history", firstMinute, lastMinute);
    }

    private List<Long> closedMinutesTold() {
        return told(topics.klines()).stream()
                .filter(Candle::closed)
                .map(candle -> (candle.openTime().toMillis() - OPEN) / MINUTE)
                .toList();
    }

    @Test
    void candlesOfThePastAreToldThoughTheyAreOlderThanThoseKeptAndShowNoGap() {
        kline(-1, false);
        historyKlines(-5_002, -5_000);
        historyKlines(-5_001, -5_001);
        restKlines(-5_004, -5_003);
        kline(-1, true);

        assertThat(closedMinutesTold()).containsExactly(-5_002L, -5_001L, -5_000L, -5_001L, -1L);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.prices()))
                .extracting(LatestPrice::price)
                .containsOnly(Price.of("10"));
        assertThat(counters.of(Flow.KLINES_PAST)).isEqualTo(4);
        assertThat(counters.of(Flow.KLINES_EXPIRED)).isEqualTo(2);
    }

    @Test
    void candlesOfThePastThatComeBeforeTheStreamDoNotMakeAllBetweenMissing() {
        historyKlines(-5_002, -5_000);
        historyKlines(-2_000, -2_000);
        kline(-1, true);
        historyKlines(-3, -2);
        kline(0, false);

        assertThat(closedMinutesTold())
                .containsExactly(-5_002L, -5_001L, -5_000L, -2_000L, -1L, -3L, -2L);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.resync())).isEmpty();
    }

    @Test
    void aCandleOfThePastAmongThoseKeptIsToldOnceAndFillsItsHole() {
        kline(-4, true);
        kline(-2, true);
        historyKlines(-4, -3);
        historyKlines(-4, -3);

        assertThat(closedMinutesTold()).containsExactly(-4L, -2L, -3L);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_FILLED);
    }
}
