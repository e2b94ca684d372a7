package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.through.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WeightsTest {

    private static final Instant HALF_PAST = Instant.parse("2024-08-09T00:00:30Z");

    private final SetClock clock = new SetClock(HALF_PAST);

    private static Weights.Account account(boolean admitted, int used, int seconds) {
        return new Weights.Account(admitted, used, Duration.ofSeconds(seconds));
    }

    @Test
    void aClientIsAdmittedUntilItsMinuteIsUsedUpToTheLastWeight() {
        Weights weights = new Weights(10, 100, clock);
        assertThat(weights.charge("a", 5)).isEqualTo(account(true, 5, 30));
        assertThat(weights.charge("a", 4)).isEqualTo(account(true, 9, 30));
        assertThat(weights.charge("a", 2)).isEqualTo(account(false, 9, 30));
        assertThat(weights.charge("a", 1)).isEqualTo(account(true, 10, 30));
        assertThat(weights.charge("a", 1)).isEqualTo(account(false, 10, 30));
        assertThat(weights.charge("b", 10)).isEqualTo(account(true, 10, 30));
    }

    @Test
    void minutesBeginWithTheClocksAndDoNotSlide() {
        Weights weights = new Weights(10, 100, clock);
        assertThat(weights.charge("a", 10)).isEqualTo(account(true, 10, 30));
        clock.advance(Duration.ofMillis(29_999));
        assertThat(weights.charge("a", 1))
                .isEqualTo(new Weights.Account(false, 10, Duration.ofMillis(1)));
        clock.advance(Duration.ofMillis(1));
        assertThat(weights.charge("a", 10)).isEqualTo(account(true, 10, 60));
    }

    /** As threads overtake one another at a border, and as clocks are set. */
    @Test
    void aQuestionOfTheMinuteBeforeUndoesNothingAndAClockThatIsSetBackBeginsAnew() {
        Weights weights = new Weights(10, 100, clock);
        clock.advance(Duration.ofMinutes(1));
        assertThat(weights.charge("a", 6).used()).isEqualTo(6);
        clock.advance(Duration.ofMinutes(-1));
        assertThat(weights.charge("a", 2).used()).isEqualTo(8);
        clock.advance(Duration.ofMinutes(1));
        assertThat(weights.charge("a", 2).used()).isEqualTo(10);
        clock.advance(Duration.ofHours(-1));
        assertThat(weights.charge("a", 2).used()).isEqualTo(2);
    }

    @Test
    void clientsBeyondThoseRememberedShareOneAccount() {
        Weights weights = new Weights(10, 2, clock);
        assertThat(weights.charge("a", 6).used()).isEqualTo(6);
        assertThat(weights.charge("b", 6).used()).isEqualTo(6);
        assertThat(weights.charge("c", 6).used()).isEqualTo(6);
        assertThat(weights.charge("d", 6)).isEqualTo(account(false, 6, 30));
        assertThat(weights.charge("a", 4)).isEqualTo(account(true, 10, 30));
        assertThat(weights.clients()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(weights.charge("d", 6)).isEqualTo(account(true, 6, 30));
        assertThat(weights.clients()).isEqualTo(1);
    }

    @Test
    void manyThreadsOfOneClientAreNeverAdmittedForMoreThanItsWeight() throws InterruptedException {
        Weights weights = new Weights(1_000, 10, clock);
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int k = 0; k < 500; k++) {
                                    if (weights.charge("a", 3).admitted()) {
                                        admitted.incrementAndGet();
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(333);
        assertThat(weights.charge("a", 1)).isEqualTo(account(true, 1_000, 30));
    }
}
