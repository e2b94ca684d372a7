package io.tapeline.query.collect;

import io.tapeline.query.candles.HistoryFill;
import io.tapeline.query.candles.HistoryFill.Filled;
import io.tapeline.query.through.Shortfall;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetch the pairs of collections, some of each at a time, until all are settled. */
final class PairWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PairWorkers.class);

    /** Pairs of a collection that are fetched at a time. */
    private static final int OF_EACH = 4;

    private final HistoryFill fill;
    private final Duration pause;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param pause before a pair is tried again that could not be fetched
     */
    PairWorkers(HistoryFill fill, Duration pause) {
        this.fill = fill;
        this.pause = pause;
    }

    /** Begins to, and returns. */
    void run(CollectionOrder order, Progress progress) {
        for (int i = 0; i < OF_EACH; i++) {
            workers.execute(() -> work(order, progress));
        }
    }

    private void work(CollectionOrder order, Progress progress) {
        try {
            for (OptionalInt pair = progress.next(); pair.isPresent(); pair = progress.next()) {
                fetch(order, pair.getAsInt(), progress);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void fetch(CollectionOrder order, int pair, Progress progress)
            throws InterruptedException {
        while (!progress.isOver()) {
            Filled filled;
            try {
                filled = fill.fill(order.pair(pair), order.span());
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("instrument", order.pair(pair))
                        .setCause(e)
                        .log("a pair could not be collected, it is tried again");
                progress.waits(String.valueOf(e.getMessage()));
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                continue;
            }
            progress.spent(filled.requests(), filled.candles());
            switch (filled) {
                case Filled.Whole _ -> {
                    progress.ended(pair);
                    return;
                }
                case Filled.Gone _ -> {
                    progress.failed(pair, "the exchange does not have it");
                    return;
                }
                case Filled.Lacking(_, _, Shortfall why) -> {
                    progress.waits(why.why());
                    TimeUnit.MILLISECONDS.sleep(why.retryAfter().toMillis());
                }
            }
        }
    }

    /** Leaves the pairs as they are. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
