package io.tapeline.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    @Test
    void aTimeIsRead() {
        assertThat(QueryParameters.of("from=2026-01-31T12:00:00Z").time("from"))
                .contains(Instant.parse("2026-01-31T12:00:00Z"));
    }

    /** There are times that microseconds since the epoch cannot hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2B1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2100-01-01T00:00:00Z",
                "yesterday"
            })
    void aTimeBeyondThoseThatThereAreIsRefusedByName(String time) {
        QueryParameters parameters = QueryParameters.of("from=" + time);
        assertThatThrownBy(() -> parameters.time("from"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("from: ")
                .hasMessageContaining("from 1970 to 2100");
    }
}
