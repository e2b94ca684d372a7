package io.tapeline.ingestor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another thread brings about, up to a deadline. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Await() {}

    /**
     * @param state told in the failure's message
     */
    public static void until(String what, BooleanSupplier condition, Supplier<?> state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "not within " + PATIENCE + ": " + what + "; " + state.get());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, () -> "");
    }
}
