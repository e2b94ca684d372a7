package io.tapeline.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.EpochMicros;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The query of an internal question: numbers within bounds, times that there are. */
public final class QueryParametersFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "from=2026-01-31T12:00:00Z&limit=500&interval=1m",
                        "from=-1000000000-01-01T00:00:00Z",
                        "symbols=A,B&limit=%35&a&=b")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("from=", "limit=", "+1000000000-12-31T23:59:59.999999999Z");
    }

    @Override
    public void read(byte[] input) {
        try {
            QueryParameters parameters =
                    QueryParameters.of(new String(input, StandardCharsets.UTF_8));
            assertThat(parameters.number("limit", 500, 1, 1_000)).isBetween(1, 1_000);
            parameters
                    .time("from")
                    .ifPresent(time ->
                            assertThat(EpochMicros.of(time).toInstant()).isBeforeOrEqualTo(time));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
