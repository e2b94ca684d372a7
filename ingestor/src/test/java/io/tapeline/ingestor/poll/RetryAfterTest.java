package io.tapeline.ingestor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void secondsAndDatesAreBothUnderstood() {
        assertThat(RetryAfter.of(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("Sun, 01 Mar 2026 00:01:30 GMT", NOW))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void whatSaysNothingOrLiesInThePastIsNoWait() {
        assertThat(RetryAfter.of("", NOW)).isZero();
        assertThat(RetryAfter.of("soon", NOW)).isZero();
        assertThat(RetryAfter.of("-1", NOW)).isZero();
        assertThat(RetryAfter.of("Sat, 28 Feb 2026 00:00:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.of("999999999", NOW)).isEqualTo(Duration.ofDays(7));
    }
}
