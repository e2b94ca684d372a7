package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T12:00:00.500Z",
                "2024-08-09T00:00:01.000001Z",
                "2024-08-09T00:00:01.120Z",
                "2024-08-09T00:00:01.000000001Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z"
            })
    void aTimeIsWrittenAsTheLibraryWritesIt(String text) {
        assertThat(Times.text(Instant.parse(text))).isEqualTo(Instant.parse(text).toString());
    }

    @Test
    void anyTimeIsWrittenAsTheLibraryWritesIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            int[] steps = {1, 1_000, 1_000_000, 1_000_000_000};
            int step = steps[random.nextInt(steps.length)];
            Instant time =
                    Instant.ofEpochSecond(
                            random.nextLong(-62_000_000_000L, 253_000_000_000L),
                            random.nextInt(1_000_000_000) / step * (long) step);
            assertThat(Times.text(time)).as("seed %d", seed).isEqualTo(time.toString());
        }
    }
}
