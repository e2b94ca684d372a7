package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedQuestionsTest {

    private final SharedQuestions questions = new SharedQuestions();

    @Test
    void oneWhoAsksAloneIsAnswered() {
        assertThat(questions.ask("a", () -> 7)).isEqualTo(7);
        assertThat(questions.shared()).isZero();
        assertThat(questions.underWay()).isZero();
    }

    @Test
    void differentQuestionsDoNotWaitForOneAnother() {
        assertThat(questions.ask("a", () -> questions.ask("b", () -> 7))).isEqualTo(7);
    }

    /** A question under way may have been answered before the others were asked. */
    @Test
    void noAnswerIsOlderThanItsQuestion() throws InterruptedException {
        AtomicLong state = new AtomicLong();
        AtomicInteger older = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int k = 0; k < 2_000; k++) {
                            long before = state.incrementAndGet();
                            long answer =
                                    questions.ask(
                                            "a",
                                            () -> {
                                                asked.incrementAndGet();
                                                long seen = state.get();
                                                Thread.yield();
                                                return seen;
                                            });
                            if (answer < before) {
                                older.incrementAndGet();
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(older).hasValue(0);
        assertThat(asked.get() + questions.shared()).isEqualTo(32_000);
        assertThat(questions.underWay()).isZero();
    }

    @Test
    void whoeverWaitsForASlowOneForTooLongAsksByItself() {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Integer> first =
                CompletableFuture.supplyAsync(
                        () ->
                                questions.ask(
                                        "a",
                                        () -> {
                                            begun.countDown();
                                            await(slow);
                                            return 1;
                                        }),
                        Thread::startVirtualThread);
        await(begun);
        assertThat(questions.ask("a", () -> 2)).isEqualTo(2);
        slow.countDown();
        assertThat(first.join()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFailureIsThatOfAllWhoShareIt() {
        assertThatThrownBy(() ->
                        questions.ask(
                                "a",
                                () -> {
                                    throw new IllegalArgumentException("no");
                                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(questions.ask("a", () -> 3)).isEqualTo(3);
    }
}
