package io.tapeline.ingestor.connection;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which someone decides. What fails there is logged; what comes after its end is
 * left undone. Thread-safe.
 */
public final class DecisionThread {

    private static final Logger log = LoggerFactory.getLogger(DecisionThread.class);

    /** What is done until this is closed; once closed, it is not begun again. */
    @FunctionalInterface
    public interface Repetition extends AutoCloseable {

        @Override
        void close();
    }

    private final String whose;
    private final ScheduledExecutorService scheduler;

    /**
     * @param whose decisions, for the log
     * @param scheduler of one thread; stays the caller's
     */
    public DecisionThread(String whose, ScheduledExecutorService scheduler) {
        this.whose = whose;
        this.scheduler = scheduler;
    }

    /** As soon as may be. */
    public void post(Runnable decision) {
        var _ = after(Duration.ZERO, decision);
    }

    /**
     * @param nanos of {@link System#nanoTime}; at once if it is past
     * @return null if the thread has ended
     */
    public @Nullable ScheduledFuture<?> at(long nanos, Runnable decision) {
        return after(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())), decision);
    }

    /**
     * @return null if the thread has ended
     */
    public @Nullable ScheduledFuture<?> after(Duration wait, Runnable decision) {
        try {
            return scheduler.schedule(
                    () -> guarded(decision), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return null;
        }
    }

    /**
     * Again and again, the first time after one pause, until that is closed; a decision that fails
     * does not end it.
     */
    public Repetition every(Duration pause, Runnable decision) {
        try {
            ScheduledFuture<?> repeated =
                    scheduler.scheduleWithFixedDelay(
                            () -> guarded(decision),
                            pause.toNanos(),
                            pause.toNanos(),
                            TimeUnit.NANOSECONDS);
            return () -> repeated.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {};
        }
    }

    private void guarded(Runnable decision) {
        try {
            decision.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("whose", whose).setCause(e).log("a decision failed");
        }
    }
}
