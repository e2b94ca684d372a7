package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import org.junit.jupiter.api.Test;

class CatchUpFetchesTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    @Test
    void candlesAreFetchedFromALittleBeforeTheyWereMissedToTheLastThatEnded() {
        assertThat(range("2026-03-01T10:10:30Z", "2026-03-01T10:15:59Z"))
                .isEqualTo(want("2026-03-01T10:08:00Z", "2026-03-01T10:14:00Z"));
    }

    @Test
    void aMomentsAbsenceCostsAFewCandles() {
        assertThat(range("2026-03-01T10:15:58Z", "2026-03-01T10:15:59Z"))
                .isEqualTo(want("2026-03-01T10:12:00Z", "2026-03-01T10:14:00Z"));
    }

    @Test
    void candlesOfARangeAreCountedUpToWhatOneAnswerHolds() {
        Want.Candles range = want("2026-03-01T10:08:00Z", "2026-03-01T10:14:00Z");
        assertThat(CatchUpFetches.count(range, 1_000)).isEqualTo(7);
        assertThat(CatchUpFetches.count(range, 5)).isEqualTo(5);
        assertThat(CatchUpFetches.count(want("2026-03-01T10:14:00Z", "2026-03-01T10:14:00Z"), 5))
                .isEqualTo(1);
    }

    private static Want.Candles range(String from, String now) {
        return CatchUpFetches.range(BTC, Interval.ONE_MINUTE, at(from), at(now));
    }

    private static Want.Candles want(String from, String to) {
        return new Want.Candles(BTC, Interval.ONE_MINUTE, at(from), at(to));
    }

    private static EpochMicros at(String time) {
        return EpochMicros.of(java.time.Instant.parse(time));
    }
}
