package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExchangeClockTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final ExchangeClock clock = new ExchangeClock();

    @Test
    void anAnswersDateBoundsTheDifference() {
        assertThat(clock.dated(NOW.plusSeconds(30), NOW, NOW.plusMillis(100))).isFalse();
        Instant received = NOW.plusMillis(100);
        assertThat(clock.earliest(received)).isEqualTo(NOW.plusMillis(30_000).toEpochMilli());
        assertThat(clock.latest(received)).isEqualTo(NOW.plusMillis(31_100).toEpochMilli());
    }

    @Test
    void answersThatAgreeNarrowItAndOneThatContradictsBeginsAnew() {
        assertThat(clock.dated(NOW, NOW, NOW.plusMillis(10))).isTrue();
        // The second turns between: the difference is known to the time that answers take.
        assertThat(clock.dated(NOW.plusSeconds(1), NOW.plusMillis(995), NOW.plusMillis(1_005)))
                .isTrue();
        assertThat(clock.aheadMillis()).isBetween(-5L, 505L);
        assertThat(clock.dated(NOW.minusSeconds(5), NOW.plusSeconds(2), NOW.plusSeconds(2)))
                .isFalse();
        assertThat(clock.aheadMillis()).isBetween(-7_000L, -6_000L);
    }

    @Test
    void betweenAnswersItWidens() {
        clock.dated(NOW, NOW, NOW);
        Instant later = NOW.plusSeconds(100);
        assertThat(clock.latest(later) - clock.earliest(later)).isEqualTo(1_000 + 2 * 50);
    }

    @Test
    void theTrueDifferenceIsAlwaysWithin() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long ahead = random.nextLong(-100_000, 100_000);
        Instant now = NOW;
        for (int i = 0; i < 10_000; i++) {
            now = now.plusMillis(random.nextInt(500));
            Instant sent = now;
            Instant answered = sent.plusMillis(random.nextInt(200));
            now = answered.plusMillis(random.nextInt(200));
            Instant date = answered.plusMillis(ahead).truncatedTo(ChronoUnit.SECONDS);
            boolean agrees = clock.dated(date, sent, now);
            assertThat(agrees || i == 0).as("seed %s, answer %s", seed, i).isTrue();
            assertThat(now.plusMillis(ahead).toEpochMilli())
                    .as("seed %s, answer %s", seed, i)
                    .isBetween(clock.earliest(now), clock.latest(now));
        }
        assertThat(Duration.ofMillis(clock.latest(now) - clock.earliest(now)))
                .as("seed %s", seed)
                .isLessThan(Duration.ofMillis(400));
    }
}
