package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.binance.Interruption;
import io.tapeline.ingestor.binance.SubscribedStream;
import io.tapeline.ingestor.binance.SubscriptionListener;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for what streams may have missed before they were subscribed: nobody else notices it while
 * an instrument is quiet. Books and the past each have one fetch under way at a time, so that what
 * waits can still be served by others, and those who ask directly need not queue behind it. What
 * fails is tried again for as long as the instrument is followed. All is decided on the scheduler's
 * single thread.
 */
public final class CatchUp implements SubscriptionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** Three kinds of stream of every pair of the exchange, several times over. */
    private static final int CAPACITY = 16_384;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final CatchUpSettings settings;
    private final CatchUpPlan plan;
    private final SnapshotFetcher snapshots;
    private final CandleFetcher candles;
    private final TickerFetcher tickers;
    private final ResyncService resync;
    private final Supplier<Set<Instrument>> followed;
    private final IngestorCounters counters;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final ScheduledFuture<?> looking;

    /** The priorities that have a fetch under way. */
    private final Set<Priority> busy = EnumSet.noneOf(Priority.class);

    private volatile boolean closed;

    private CatchUp(
            CatchUpSettings settings,
            SnapshotFetcher snapshots,
            CandleFetcher candles,
            TickerFetcher tickers,
            ResyncService resync,
            Supplier<Set<Instrument>> followed,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.settings = settings;
        this.plan = new CatchUpPlan(settings.delay(), CAPACITY);
        this.snapshots = snapshots;
        this.candles = candles;
        this.tickers = tickers;
        this.resync = resync;
        this.followed = followed;
        this.counters = counters;
        this.scheduler = scheduler;
        this.clock = clock;
        this.looking =
                scheduler.scheduleWithFixedDelay(
                        () -> guarded(this::advance),
                        LOOK_EVERY.toNanos(),
                        LOOK_EVERY.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /**
     * @param resync whose snapshots serve here too
     * @param followed the instruments that are streamed; others' needs are forgotten
     * @param scheduler of one thread; {@link #subscribed} is called on it
     */
    public static CatchUp start(
            CatchUpSettings settings,
            SnapshotFetcher snapshots,
            CandleFetcher candles,
            TickerFetcher tickers,
            ResyncService resync,
            Supplier<Set<Instrument>> followed,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        return new CatchUp(
                settings, snapshots, candles, tickers, resync, followed, counters, scheduler,
                clock);
    }

    @Override
    public void subscribed(String line, List<SubscribedStream> streams, Interruption interruption) {
        Instant now = clock.instant();
        Set<Instrument> ofTickers = new HashSet<>();
        List<Missed> missed = new ArrayList<>();
        for (SubscribedStream stream : streams) {
            switch (stream.type().kind()) {
                case DEPTH -> missed.add(new Missed.Book(stream.instrument()));
                case TICKERS -> ofTickers.add(stream.instrument());
                case KLINES -> {
                    if (settings.candles() > 0) {
                        Interval interval = stream.type().interval().orElseThrow();
                        missed.add(new Missed.Candles(stream.instrument(), interval));
                    }
                }
            }
        }
        if (!ofTickers.isEmpty()) {
            missed.add(new Missed.Tickers(ofTickers));
        }
        missed.forEach(one -> admitted(one, plan.subscribed(one, now)));
        advance();
    }

    private void admitted(Missed missed, CatchUpPlan.Admission admission) {
        switch (admission) {
            case WAITS -> {}
            case COALESCED -> counters.increment(Count.CATCH_UPS_COALESCED);
            case FULL -> {
                counters.increment(Count.CATCH_UPS_DROPPED);
                log.atWarn()
                        .addKeyValue("missed", missed)
                        .log("too much waits to be caught up with: this is dropped");
            }
        }
    }

    private void advance() {
        counters.add(Count.CATCH_UPS_COALESCED, plan.forgetBooks(snapshots::fetchedSince));
        Instant now = clock.instant();
        while (!closed && !busy.contains(Priority.BACKFILL)) {
            CatchUpPlan.Entry entry = plan.nextPast(now);
            if (entry == null) {
                break;
            }
            fetch(entry, Priority.BACKFILL);
        }
        while (!closed && !busy.contains(Priority.AUDIT)) {
            CatchUpPlan.Entry entry = plan.nextBook(now, resync::snapshotUnderWay);
            if (entry == null) {
                break;
            }
            fetch(entry, Priority.AUDIT);
        }
    }

    /** Nothing, if its instrument is no longer followed. */
    private void fetch(CatchUpPlan.Entry entry, Priority priority) {
        CompletableFuture<?> fetched = fetch(entry.missed(), priority);
        if (fetched == null) {
            return;
        }
        busy.add(priority);
        counters.increment(Count.CATCH_UPS);
        var _ =
                fetched.whenComplete(
                        (_, failure) -> post(() -> finished(entry, priority, failure)));
    }

    private @Nullable CompletableFuture<?> fetch(Missed missed, Priority priority) {
        Set<Instrument> streamed = followed.get();
        return switch (missed) {
            case Missed.Book(Instrument instrument) ->
                    streamed.contains(instrument)
                            ? snapshots.fetch(new Want.Snapshot(instrument, 0), priority)
                            : null;
            case Missed.Candles(Instrument instrument, Interval interval) ->
                    streamed.contains(instrument)
                            ? candles.fetchClosed(
                                    instrument, interval, settings.candles(), priority)
                            : null;
            case Missed.Tickers(Set<Instrument> instruments) -> {
                Set<Instrument> left = new HashSet<>(instruments);
                left.retainAll(streamed);
                yield left.isEmpty() ? null : tickers.fetch(left, priority);
            }
        };
    }

    private void finished(CatchUpPlan.Entry entry, Priority priority, @Nullable Throwable failure) {
        busy.remove(priority);
        if (failure != null) {
            counters.increment(Count.CATCH_UPS_FAILED);
            log.atWarn()
                    .addKeyValue("missed", entry.missed())
                    .addKeyValue("reason", failure.getMessage())
                    .log("what was missed could not be fetched");
            if (!refused(failure)) {
                admitted(entry.missed(), plan.again(entry, clock.instant(), AFTER_FAILURE));
            }
        }
        advance();
    }

    private static boolean refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FetchFailedException fetch && fetch.refused();
    }

    private void post(Runnable action) {
        if (!closed) {
            scheduler.execute(() -> guarded(action));
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("catching up failed");
        }
    }

    /** What is under way is left to those that fetch it. */
    @Override
    public void close() {
        closed = true;
        looking.cancel(false);
    }
}
