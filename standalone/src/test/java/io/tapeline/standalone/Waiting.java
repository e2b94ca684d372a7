package io.tapeline.standalone;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks again and again until it is so. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Whatever may fail. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    private Waiting() {}

    /**
     * @param what is still waited for, as the failure tells it
     */
    static void until(Supplier<String> what, Duration patience, Condition condition)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + patience + ": " + what.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
