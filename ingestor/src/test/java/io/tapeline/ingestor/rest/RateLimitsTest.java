package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.rest.RateLimit.Kind;
import io.tapeline.ingestor.rest.RateLimit.Unit;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    @Test
    void theLimitsOfMarketDataAreReadFromTheExchangesAnswer() {
        assertThat(
                        of(
                                "{\"timezone\":\"UTC\",\"rateLimits\":[{\"rateLimitType\":"
                                        + "\"RAW_REQUESTS\",\"interval\":\"MINUTE\","
                                        + "\"intervalNum\":5,\"limit\":300000},"
                                        + "{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\","
                                        + "\"intervalNum\":10,\"limit\":100},"
                                        + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":"
                                        + "\"MINUTE\",\"intervalNum\":1,\"limit\":6000},"
                                        + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":"
                                        + "\"FORTNIGHT\",\"intervalNum\":1,\"limit\":6000}],"
                                        + "\"symbols\":[]}"))
                .containsExactly(
                        new RateLimit(Kind.RAW_REQUESTS, 5, Unit.MINUTE, 300_000),
                        new RateLimit(Kind.REQUEST_WEIGHT, 1, Unit.MINUTE, 6_000));
        assertThat(of("{}")).isEmpty();
        assertThat(of("<html>")).isEmpty();
    }

    @Test
    void eachLimitHasItsHeader() {
        AnswerHeaders headers =
                AnswerHeaders.of(
                        HttpHeaders.of(
                                Map.of(
                                        "x-mbx-used-weight",
                                        List.of("9"),
                                        "X-Mbx-Used-Weight-1m",
                                        List.of("7"),
                                        "x-mbx-used-weight-10s",
                                        List.of("3"),
                                        "date",
                                        List.of("Tue, 14 Nov 2023 22:13:20 GMT"),
                                        "retry-after",
                                        List.of(" 5 ")),
                                (_, _) -> true));
        assertThat(headers)
                .isEqualTo(
                        new AnswerHeaders(
                                Map.of("1M", 7, "10S", 3),
                                Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                                "5"));
        assertThat(headers.used(RateLimit.weightPerMinute(6000))).isEqualTo(7);
        assertThat(headers.used(new RateLimit(Kind.REQUEST_WEIGHT, 10, Unit.SECOND, 1)))
                .isEqualTo(3);
        assertThat(headers.used(RateLimit.requestsPerFiveMinutes(1))).isEqualTo(-1);
    }

    @Test
    void theLegacyHeaderCountsTheMinute() {
        assertThat(
                        AnswerHeaders.of(
                                HttpHeaders.of(
                                        Map.of("X-MBX-USED-WEIGHT", List.of("9")), (_, _) -> true)))
                .isEqualTo(new AnswerHeaders(Map.of("1M", 9), Optional.empty(), ""));
    }

    private static List<RateLimit> of(String body) {
        return RateLimits.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
