package io.tapeline.aggregator;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what happens elsewhere, up to a deadline. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /**
     * Asks until the answer is not null.
     *
     * @throws AssertionError after a minute, with {@code what}
     */
    public static <A> A until(String what, Callable<@Nullable A> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            A answer = question.call();
            if (answer != null) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError("not within " + PATIENCE + ": " + what);
    }

    public static void untilTrue(String what, Callable<Boolean> question) throws Exception {
        var _ = until(what, () -> question.call() ? Boolean.TRUE : null);
    }
}
