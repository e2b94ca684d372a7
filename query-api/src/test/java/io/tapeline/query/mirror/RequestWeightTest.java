package io.tapeline.query.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of EXCHANGES.md A.6. */
final class RequestWeightTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping||1",
                "time||1",
                "exchangeInfo||20",
                "depth|symbol=BTCUSDT|5",
                "depth|symbol=BTCUSDT&limit=100|5",
                "depth|limit=101|25",
                "depth|limit=500|25",
                "depth|limit=501|50",
                "depth|limit=1000|50",
                "depth|limit=1001|250",
                "depth|limit=99999999999999|250",
                "depth|limit=lots|5",
                "depth|symbol=BTCUSDT&%6Cimit=5000|250",
                "depth|%6c%69mit=%35000|250",
                "klines|symbol=BTCUSDT&interval=1m|2",
                "uiKlines||2",
                "trades||25",
                "aggTrades||4",
                "avgPrice||2",
                "ticker/price||4",
                "ticker/price|symbol=BTCUSDT|2",
                "ticker/bookTicker|symbols=%5B%22A%22%5D|4",
                "ticker/24hr||80",
                "ticker/24hr|symbol=BTCUSDT|2",
                "ticker/24hr|%73ymbol=BTCUSDT|2",
                "ticker/24hr|symbols=%5B%22A%22,%22B%22%5D|2",
                "nothing||1",
            })
    void aRequestWeighsWhatTheExchangeSays(String path, String query, int weight) {
        assertThat(RequestWeight.of("/api/v3/" + path, query)).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource({"20, 2", "21, 40", "100, 40", "101, 80"})
    void tickersWeighByTheNumberOfSymbols(int symbols, int weight) {
        String list = "%22A%22" + ",%22A%22".repeat(symbols - 1);
        assertThat(RequestWeight.of("/api/v3/ticker/24hr", "symbols=%5B" + list + "%5D"))
                .isEqualTo(weight);
    }
}
