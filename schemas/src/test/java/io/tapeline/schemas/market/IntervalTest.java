package io.tapeline.schemas.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.Seeds;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalTest {

    private static final Random RANDOM = Seeds.random(IntervalTest.class);

    private static EpochMicros at(String instant) {
        return EpochMicros.of(Instant.parse(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "1s, 2024-02-29T23:59:59Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
        "1m, 2024-02-29T23:59:00Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
        "15m, 2024-02-29T23:45:00Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
        "4h, 2024-02-29T20:00:00Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
        "1d, 2024-02-29T00:00:00Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
        "1w, 2024-02-26T00:00:00Z, 2024-03-03T23:59:59.999Z, 2024-03-04T00:00:00Z",
        "1M, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999Z, 2024-03-01T00:00:00Z",
    })
    void aTimeBelongsToOneCandle(String id, String open, String close, String next) {
        Interval interval = Interval.of(id);
        EpochMicros opened = interval.openTimeOf(at("2024-02-29T23:59:59.999999Z"));
        assertThat(opened).isEqualTo(at(open));
        assertThat(interval.closeTimeOf(opened)).isEqualTo(at(close));
        assertThat(interval.next(opened)).isEqualTo(at(next));
    }

    @ParameterizedTest
    @EnumSource
    void candlesFollowOneAnotherWithoutHoleOrOverlap(Interval interval) {
        for (int i = 0; i < 1_000; i++) {
            EpochMicros time = new EpochMicros(RANDOM.nextLong(-1L << 52, 1L << 52));
            EpochMicros open = interval.openTimeOf(time);
            EpochMicros next = interval.next(open);
            assertThat(open.value()).isLessThanOrEqualTo(time.value());
            assertThat(next.value()).isGreaterThan(time.value());
            assertThat(interval.openTimeOf(open)).isEqualTo(open);
            assertThat(interval.openTimeOf(next)).isEqualTo(next);
            assertThat(interval.openTimeOf(new EpochMicros(next.value() - 1))).isEqualTo(open);
            assertThat(interval.closeTimeOf(open).value()).isEqualTo(next.value() - 1_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIntervalIsFoundByItsName(Interval interval) {
        assertThat(Interval.of(interval.id())).isEqualTo(interval);
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(Interval.of("1m")).isNotEqualTo(Interval.of("1M"));
        assertThatThrownBy(() -> Interval.of("1H"))
                .hasMessageStartingWith("interval: \"1H\" is not one of 1s, 1m, 3m");
    }
}
