package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of the exchange's answers: errors, limits, and what stands where they should. */
public final class ExchangeAnswersFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"code\":-1003,\"msg\":\"Way too many requests; banned until 1\"}",
                        "{\"error\":{\"code\":2,\"msg\":\"no\"}}",
                        "<html>teapot</html>",
                        "{\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":"
                                + "\"MINUTE\",\"intervalNum\":1,\"limit\":6000}]}",
                        "Sat, 31 Jan 2026 12:00:00 GMT")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        assertThat(ErrorBody.of(input).message()).isNotNull();
        assertThat(ErrorBody.isJson(input)).isIn(true, false);
        for (RateLimit limit : RateLimits.of(input)) {
            assertThat(limit.toString()).isNotEmpty();
        }
        assertThat(AnswerHeaders.time(new String(input, StandardCharsets.UTF_8))).isNotNull();
    }
}
