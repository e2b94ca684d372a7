package io.tapeline.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTest {

    private static final long HOUR = 3_600_000L;

    private static String open(String interval, String time, long offset) {
        return Instant.ofEpochMilli(
                        Interval.of(interval)
                                .orElseThrow()
                                .openTime(Instant.parse(time).toEpochMilli(), offset))
                .toString();
    }

    @Test
    void aMinuteIsNotAMonth() {
        assertThat(open("1m", "2024-08-09T00:05:04Z", 0)).isEqualTo("2024-08-09T00:05:00Z");
        assertThat(open("1M", "2024-08-09T00:05:04Z", 0)).isEqualTo("2024-08-01T00:00:00Z");
    }

    @Test
    void weeksBeginOnMonday() {
        assertThat(open("1w", "2024-08-09T00:05:04Z", 0)).isEqualTo("2024-08-05T00:00:00Z");
        assertThat(open("1w", "2024-08-05T00:00:00Z", 0)).isEqualTo("2024-08-05T00:00:00Z");
        assertThat(open("1w", "2024-08-04T23:59:59.999Z", 0)).isEqualTo("2024-07-29T00:00:00Z");
    }

    @Test
    void aTimeZoneMovesTheBorders() {
        assertThat(open("1d", "2024-08-09T00:05:04Z", 8 * HOUR)).isEqualTo("2024-08-08T16:00:00Z");
        assertThat(open("1M", "2024-07-31T17:00:00Z", 8 * HOUR)).isEqualTo("2024-07-31T16:00:00Z");
    }

    @Test
    void monthsFollowTheCalendar() {
        long february = Instant.parse("2024-02-01T00:00:00Z").toEpochMilli();
        long march = Instant.parse("2024-03-01T00:00:00Z").toEpochMilli();
        assertThat(Interval.MONTH_1.next(february, 0)).isEqualTo(march);
        assertThat(Interval.MONTH_1.previous(march, 0)).isEqualTo(february);
    }

    @Test
    void everyIntervalFollowsItself() {
        long time = Instant.parse("2024-08-09T00:05:04Z").toEpochMilli();
        for (Interval interval : Interval.values()) {
            long open = interval.openTime(time, 0);
            long next = interval.next(open, 0);
            assertThat(open).as(interval.text()).isLessThanOrEqualTo(time);
            assertThat(next).as(interval.text()).isGreaterThan(time);
            assertThat(interval.openTime(next - 1, 0)).as(interval.text()).isEqualTo(open);
            assertThat(interval.previous(next, 0)).as(interval.text()).isEqualTo(open);
        }
    }
}
