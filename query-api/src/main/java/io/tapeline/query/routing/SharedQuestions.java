package io.tapeline.query.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Equal questions that are asked at the same time become one: who comes while one is under way
 * waits for the next, with all others who do. So no answer is of before its question was asked, and
 * many who watch the same pair cost the aggregator what one does.
 *
 * <pre>
 * asked:     a    b  c  d
 * answered:  [--a--][-b,c,d-]
 * </pre>
 *
 * Whoever waits for a slow one for too long asks by itself. Thread-safe; holds nothing between
 * questions.
 */
public final class SharedQuestions {

    /** Well above what an answer takes, and far below what a question may. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final ConcurrentMap<String, Line> lines = new ConcurrentHashMap<>();
    private final LongAdder shared = new LongAdder();

    /** Those who ask the same; there while anybody does. */
    private static final class Line {
        private final ReentrantLock underWay = new ReentrantLock();
        private int askers;
        private @Nullable CompletableFuture<Object> next;

        /** Null where the asker is the first, and has to ask for all who follow. */
        synchronized @Nullable CompletableFuture<Object> join() {
            if (next == null) {
                next = new CompletableFuture<>();
                return null;
            }
            return next;
        }

        /** Nobody joins it any more. */
        synchronized CompletableFuture<Object> begin() {
            CompletableFuture<Object> begun = next;
            next = null;
            if (begun == null) {
                throw new IllegalStateException("shared question: nobody was first");
            }
            return begun;
        }
    }

    /**
     * @param key the same only for questions of the same answer and type
     */
    @SuppressWarnings("unchecked") // a key stands for a question, and so for its type
    public <A> A ask(String key, Supplier<A> question) {
        Line line =
                lines.compute(
                        key,
                        (_, known) -> {
                            Line current = known == null ? new Line() : known;
                            current.askers++;
                            return current;
                        });
        try {
            CompletableFuture<Object> others = line.join();
            if (others != null) {
                shared.increment();
                return (A) result(others);
            }
            return lead(line, question);
        } finally {
            lines.computeIfPresent(key, (_, known) -> --known.askers == 0 ? null : known);
        }
    }

    private static <A> A lead(Line line, Supplier<A> question) {
        boolean alone = acquire(line.underWay);
        CompletableFuture<Object> mine = line.begin();
        try {
            A answer = question.get();
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (alone) {
                line.underWay.unlock();
            }
        }
    }

    private static boolean acquire(ReentrantLock underWay) {
        try {
            return underWay.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Object result(CompletableFuture<Object> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw e;
            }
        }
    }

    /** Questions that another asked for them. */
    long shared() {
        return shared.sum();
    }

    /** Different questions under way. */
    int underWay() {
        return lines.size();
    }
}
