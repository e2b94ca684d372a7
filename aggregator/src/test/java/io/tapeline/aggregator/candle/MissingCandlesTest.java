package io.tapeline.aggregator.candle;

import static io.tapeline.aggregator.candle.Candles.BTC;
import static io.tapeline.aggregator.candle.Candles.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MissingCandlesTest {

    @Test
    void nothingIsMissingBetweenNeighbours() {
        assertThat(MissingCandles.between(BTC, Interval.ONE_MINUTE, minute(5), minute(6))).isNull();
        assertThat(MissingCandles.between(BTC, Interval.ONE_MINUTE, minute(5), minute(5))).isNull();
    }

    @Test
    void theMinutesBetweenAreMissing() {
        MissingCandles missing =
                MissingCandles.between(BTC, Interval.ONE_MINUTE, minute(5), minute(9));

        assertThat(missing)
                .isEqualTo(new MissingCandles(BTC, Interval.ONE_MINUTE, minute(6), minute(8)));
        assertThat(missing).isNotNull();
        assertThat(missing.count()).isEqualTo(3);
        assertThat(missing.id()).isEqualTo("candles:binance:BTCUSDT:1m:360000000");
        assertThat(missing.contains(minute(8))).isTrue();
        assertThat(missing.contains(minute(9))).isFalse();
    }

    @Test
    void monthsAreCountedByTheCalendar() {
        MissingCandles missing =
                MissingCandles.between(
                        BTC,
                        Interval.ONE_MONTH,
                        at("2024-01-01T00:00:00Z"),
                        at("2024-04-01T00:00:00Z"));

        assertThat(missing)
                .isEqualTo(
                        new MissingCandles(
                                BTC,
                                Interval.ONE_MONTH,
                                at("2024-02-01T00:00:00Z"),
                                at("2024-03-01T00:00:00Z")));
    }

    private static EpochMicros at(String text) {
        return EpochMicros.of(Instant.parse(text));
    }
}
