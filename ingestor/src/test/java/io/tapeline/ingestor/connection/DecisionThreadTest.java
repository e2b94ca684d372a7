package io.tapeline.ingestor.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionThreadTest {

    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("decisions").factory());
    private final DecisionThread decisions = new DecisionThread("test", scheduler);

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void decisionsAreMadeInTheOrderInWhichTheyWerePostedAlsoAfterOneThatFails() throws Exception {
        List<Integer> made = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(1);
        decisions.post(() -> made.add(1));
        decisions.post(() -> {
            throw new IllegalStateException("to be logged");
        });
        decisions.post(() -> made.add(2));
        decisions.post(all::countDown);
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made).containsExactly(1, 2);
    }

    @Test
    void whatIsRepeatedGoesOnAfterAFailureUntilItIsClosed() throws Exception {
        CountDownLatch thrice = new CountDownLatch(3);
        try (DecisionThread.Repetition repeated =
                decisions.every(
                        Duration.ofMillis(1),
                        () -> {
                            thrice.countDown();
                            throw new IllegalStateException("to be logged");
                        })) {
            assertThat(repeated).isNotNull();
            assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatComesAfterTheThreadsEndIsLeftUndone() {
        scheduler.shutdownNow();
        decisions.post(() -> {});
        assertThat((Object) decisions.after(Duration.ofSeconds(1), () -> {})).isNull();
        assertThat((Object) decisions.at(System.nanoTime(), () -> {})).isNull();
        decisions.every(Duration.ofSeconds(1), () -> {}).close();
    }
}
