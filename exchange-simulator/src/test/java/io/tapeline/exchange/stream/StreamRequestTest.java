package io.tapeline.exchange.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.TimePrecision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** EXCHANGES A.2. */
class StreamRequestTest {

    private static StreamRequest request(String path, @Nullable String query) {
        StreamRequest request = StreamRequest.parse(path, query).request();
        assertThat(request).isNotNull();
        return request;
    }

    private static List<String> names(StreamRequest request) {
        return request.streams().stream().map(StreamName::text).toList();
    }

    @Test
    void rawPathsNameNoneOneOrSeveralStreams() {
        assertThat(request("/ws", null))
                .isEqualTo(new StreamRequest(List.of(), false, TimePrecision.MILLISECOND));
        assertThat(names(request("/ws/btcusdt@trade", null))).containsExactly("btcusdt@trade");
        assertThat(names(request("/ws/btcusdt@trade/ethusdt@depth@100ms", null)))
                .containsExactly("btcusdt@trade", "ethusdt@depth@100ms");
    }

    @Test
    void combinedPathsNameThemInTheQuery() {
        StreamRequest request =
                request("/stream", "streams=btcusdt@trade/!miniTicker@arr&timeUnit=microsecond");
        assertThat(names(request)).containsExactly("btcusdt@trade", "!miniTicker@arr");
        assertThat(request.combined()).isTrue();
        assertThat(request.precision()).isEqualTo(TimePrecision.MICROSECOND);
    }

    @Test
    void percentEncodedAddressesAreUnderstood() {
        assertThat(
                        names(
                                request(
                                        "/stream",
                                        "streams=btcusdt%40trade%2Fethusdt%40kline_1d%40%2B08%3A00")))
                .containsExactly("btcusdt@trade", "ethusdt@kline_1d@+08:00");
        assertThat(names(request("/ws/%E5%B8%81%E5%AE%89usdt@trade", null)))
                .containsExactly("币安usdt@trade");
    }

    @Test
    void anUnknownTimeUnitIsRefused() {
        assertThat(StreamRequest.parse("/ws", "timeUnit=NANOSECOND").refusal())
                .isEqualTo(
                        new StreamRequest.Refusal(
                                "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected"
                                        + " either MICROSECOND or MILLISECOND.\"}"));
    }

    @Test
    void otherPathsAreNotSockets() {
        assertThat(StreamRequest.parse("/other", null))
                .isEqualTo(new StreamRequest.Parsed(null, null));
    }
}
