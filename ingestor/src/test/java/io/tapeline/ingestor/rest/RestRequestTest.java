package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestRequestTest {

    @ParameterizedTest
    @CsvSource({
        "1, 5",
        "100, 5",
        "101, 25",
        "500, 25",
        "501, 50",
        "1000, 50",
        "1001, 250",
        "5000, 250"
    })
    void aSnapshotsWeightFollowsFromItsLimit(int limit, int weight) {
        assertThat(new RestRequest.Depth("BTCUSDT", limit).weight()).isEqualTo(weight);
    }

    @Test
    void symbolsArePercentEncoded() {
        assertThat(new RestRequest.Depth("币安USDT", 5000).target())
                .isEqualTo("/api/v3/depth?symbol=%E5%B8%81%E5%AE%89USDT&limit=5000");
    }

    @Test
    void candlesAreAskedForInMilliseconds() {
        assertThat(
                        new RestRequest.Klines(
                                        "BTCUSDT",
                                        Interval.ONE_MINUTE,
                                        Optional.of(EpochMicros.ofMillis(60_000)),
                                        Optional.of(EpochMicros.ofMillis(120_000)),
                                        1000)
                                .target())
                .isEqualTo(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=60000&endTime=120000"
                                + "&limit=1000");
    }

    @Test
    void tickersOfAllWeighAsMuchAsFortySingleOnes() {
        assertThat(RestRequest.Tickers.ofAll().target()).isEqualTo("/api/v3/ticker/24hr");
        assertThat(RestRequest.Tickers.ofAll().weight()).isEqualTo(80);
        assertThat(RestRequest.Tickers.of("币安USDT").target())
                .isEqualTo("/api/v3/ticker/24hr?symbol=%E5%B8%81%E5%AE%89USDT");
        assertThat(RestRequest.Tickers.of("币安USDT").weight()).isEqualTo(2);
    }

    @Test
    void limitsBeyondTheExchangesAreRefused() {
        assertThatThrownBy(() -> new RestRequest.Depth("BTCUSDT", 5001))
                .hasMessage("depth: limit 5001 is not 1 to 5000");
    }

    @Test
    void tickersOfSomeWeighAsMuchAsOfOne() {
        RestRequest.SomeTickers some = new RestRequest.SomeTickers(List.of("BTCUSDT", "币安USDT"));
        assertThat(some.weight()).isEqualTo(2);
        assertThat(some.target())
                .isEqualTo(
                        "/api/v3/ticker/24hr?symbols="
                                + "%5B%22BTCUSDT%22%2C%22%E5%B8%81%E5%AE%89USDT%22%5D");
        assertThatThrownBy(() -> new RestRequest.SomeTickers(List.of()))
                .hasMessage("some tickers: limit 0 is not 1 to 20");
    }
}
