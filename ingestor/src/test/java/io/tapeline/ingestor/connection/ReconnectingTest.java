package io.tapeline.ingestor.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.ConnectionState.Connecting;
import io.tapeline.ingestor.connection.ConnectionState.Open;
import io.tapeline.ingestor.connection.ConnectionState.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReconnectingTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = System.nanoTime();

    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(SEED));

    @Test
    void theWaitDoublesUpToTheLongestAndIsDrawnFromItsUpperHalf() {
        long[] seconds = {1, 2, 4, 8, 16, 30, 30};
        for (int failures = 0; failures < seconds.length; failures++) {
            for (int draw = 0; draw < 100; draw++) {
                assertThat(backoff.after(failures))
                        .as("seed %s, failures %s", SEED, failures)
                        .isBetween(
                                Duration.ofMillis(seconds[failures] * 500),
                                Duration.ofSeconds(seconds[failures]));
            }
        }
        assertThat(backoff.after(Integer.MAX_VALUE)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aConnectionThatDoesNotHoldBacksOffFurther() {
        Connecting connecting = ConnectionState.first(0).connect();
        Waiting once = connecting.failed(0, backoff);
        assertThat(once.failures()).isEqualTo(1);
        assertThat(once.isDue(SECOND / 2 - 1)).isFalse();
        assertThat(once.isDue(SECOND)).isTrue();
        Open open = once.connect().opened(SECOND);
        assertThat(open.lost(2 * SECOND, backoff).failures()).isEqualTo(2);
    }

    @Test
    void aConnectionThatHeldStartsAnew() {
        Open open = new Open(7, 0);
        assertThat(open.lost(10 * SECOND - 1, backoff).failures()).isEqualTo(8);
        Waiting waiting = open.lost(10 * SECOND, backoff);
        assertThat(waiting.failures()).isZero();
        assertThat(waiting.isDue(11 * SECOND)).isTrue();
    }

    @Test
    void noSpanSeesMoreAttemptsThanAllowed() {
        ConnectionAttempts attempts = new ConnectionAttempts(3, Duration.ofSeconds(10));
        assertThat(attempts.reserve(0)).isZero();
        assertThat(attempts.reserve(SECOND)).isZero();
        assertThat(attempts.reserve(2 * SECOND)).isZero();
        assertThat(attempts.reserve(3 * SECOND)).isEqualTo(Duration.ofSeconds(7));
        assertThat(attempts.reserve(10 * SECOND)).isZero();
        assertThat(attempts.reserve(10 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRefusedAttemptHoldsAllBackAndALongerRefusalLonger() {
        ConnectionAttempts attempts = new ConnectionAttempts(3, Duration.ofSeconds(10));
        attempts.refused(0, Duration.ofSeconds(30));
        attempts.refused(SECOND, Duration.ofSeconds(5));
        assertThat(attempts.reserve(10 * SECOND)).isEqualTo(Duration.ofSeconds(20));
        assertThat(attempts.reserve(30 * SECOND)).isZero();
    }

    @Test
    void connectionsOpenedTogetherAreNotReplacedTogether() {
        Lifetime lifetime = new Lifetime(Duration.ofHours(23), new SplittableRandom(SEED));
        Set<Duration> drawn = new HashSet<>();
        for (int draw = 0; draw < 100; draw++) {
            Duration life = lifetime.draw();
            assertThat(life)
                    .as("seed %s", SEED)
                    .isBetween(Duration.ofMinutes(23 * 54), Duration.ofHours(23));
            drawn.add(life);
        }
        assertThat(drawn).as("seed %s", SEED).hasSizeGreaterThan(90);
    }
}
