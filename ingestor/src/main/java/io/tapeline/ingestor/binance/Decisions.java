package io.tapeline.ingestor.binance;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a connection decides. What fails there is logged; what comes after its
 * end is left undone.
 */
final class Decisions {

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final String connection;
    private final ScheduledExecutorService scheduler;

    Decisions(String connection, ScheduledExecutorService scheduler) {
        this.connection = connection;
        this.scheduler = scheduler;
    }

    /** As soon as may be. */
    void post(Runnable decision) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> guarded(decision));
        }
    }

    /**
     * @param nanos of {@link System#nanoTime}; at once if it is past
     */
    ScheduledFuture<?> at(long nanos, Runnable decision) {
        return scheduler.schedule(
                () -> guarded(decision),
                Math.max(0, nanos - System.nanoTime()),
                TimeUnit.NANOSECONDS);
    }

    void guarded(Runnable decision) {
        try {
            decision.run();
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("connection", connection)
                    .setCause(e)
                    .log("a decision failed");
        }
    }
}
