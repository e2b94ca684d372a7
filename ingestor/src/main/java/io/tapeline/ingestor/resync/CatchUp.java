package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for what no line carried before it was subscribed: nobody else notices it while an
 * instrument is quiet. Books and the past each have one fetch under way at a time, so that what
 * waits can still be served by others, and those who ask directly need not queue behind it. What
 * fails is tried again for as long as the instrument is followed. All is decided on the scheduler's
 * single thread.
 */
public final class CatchUp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** Three kinds of stream of every pair of the exchange, several times over. */
    private static final int CAPACITY = 16_384;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final CatchUpSettings settings;
    private final CatchUpPlan plan;
    private final SnapshotFetcher snapshots;
    private final CatchUpFetches fetches;
    private final ResyncService resync;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final Clock clock;
    private final DecisionThread.Repetition looking;

    /** The priorities that have a fetch under way. */
    private final Set<Priority> busy = EnumSet.noneOf(Priority.class);

    /** Who waits for what the plan holds. */
    private final Map<StreamKey, List<CompletableFuture<@Nullable Void>>> waiting = new HashMap<>();

    private boolean looked;
    private volatile boolean closed;

    private CatchUp(
            CatchUpSettings settings,
            SnapshotFetcher snapshots,
            CatchUpFetches fetches,
            ResyncService resync,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.settings = settings;
        this.plan = new CatchUpPlan(settings.delay(), CAPACITY);
        this.snapshots = snapshots;
        this.fetches = fetches;
        this.resync = resync;
        this.counters = counters;
        this.decisions = new DecisionThread("catch-up", scheduler);
        this.clock = clock;
        this.looking = decisions.every(LOOK_EVERY, this::advance);
    }

    /**
     * @param resync whose snapshots serve here too
     * @param scheduler of one thread; {@link #missed} is called on it
     */
    public static CatchUp start(
            CatchUpSettings settings,
            SnapshotFetcher snapshots,
            CatchUpFetches fetches,
            ResyncService resync,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        return new CatchUp(settings, snapshots, fetches, resync, counters, scheduler, clock);
    }

    /**
     * The stream begins to come again just now.
     *
     * @param from when it was last carried; empty: never before
     * @return completes, never exceptionally, when nothing more will be done for it
     */
    CompletableFuture<@Nullable Void> missed(StreamKey stream, Optional<EpochMicros> from) {
        Instrument instrument = stream.instrument();
        Missed missed =
                switch (stream.kind()) {
                    case DEPTH -> new Missed.Book(instrument);
                    case TICKERS -> new Missed.Tickers(Set.of(instrument));
                    case KLINES ->
                            new Missed.Candles(instrument, stream.interval().orElseThrow(), from);
                    case PICTURES -> throw new IllegalStateException(stream + " is not missed");
                };
        if (missed instanceof Missed.Candles && settings.candles() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        waiting.computeIfAbsent(stream, _ -> new ArrayList<>()).add(done);
        admitted(missed, plan.subscribed(missed, clock.instant()));
        if (!looked) {
            looked = true; // those that are told with it are to be looked at together
            post(this::advance);
        }
        return done;
    }

    private void admitted(Missed missed, CatchUpPlan.Admission admission) {
        switch (admission) {
            case WAITS -> {}
            case COALESCED -> counters.increment(Count.CATCH_UPS_COALESCED);
            case FULL -> {
                takeWaiting(missed).forEach(done -> done.complete(null));
                counters.increment(Count.CATCH_UPS_DROPPED);
                log.atWarn()
                        .addKeyValue("missed", missed)
                        .log("too much waits to be caught up with: this is dropped");
            }
        }
    }

    private void advance() {
        looked = false;
        Set<Instrument> served = plan.forgetBooks(snapshots::fetchedSince);
        counters.add(Count.CATCH_UPS_COALESCED, served.size());
        served.forEach(
                book -> takeWaiting(new Missed.Book(book)).forEach(done -> done.complete(null)));
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

    /** Nothing, if its instrument is no longer wanted. */
    private void fetch(CatchUpPlan.Entry entry, Priority priority) {
        List<CompletableFuture<@Nullable Void>> served = takeWaiting(entry.missed());
        CompletableFuture<?> fetched = fetches.of(entry.missed(), priority);
        if (fetched == null) {
            served.forEach(done -> done.complete(null));
            return;
        }
        busy.add(priority);
        counters.increment(Count.CATCH_UPS);
        var _ =
                fetched.whenComplete(
                        (_, failure) -> post(() -> finished(entry, served, priority, failure)));
    }

    private List<CompletableFuture<@Nullable Void>> takeWaiting(Missed missed) {
        List<CompletableFuture<@Nullable Void>> taken = new ArrayList<>();
        keys(missed)
                .forEach(key -> {
                    List<CompletableFuture<@Nullable Void>> those = waiting.remove(key);
                    if (those != null) {
                        taken.addAll(those);
                    }
                });
        return taken;
    }

    private static Stream<StreamKey> keys(Missed missed) {
        return switch (missed) {
            case Missed.Book(Instrument instrument) ->
                    Stream.of(new StreamKey(instrument, EventKind.DEPTH, Optional.empty()));
            case Missed.Candles(Instrument instrument, Interval interval, _) ->
                    Stream.of(new StreamKey(instrument, EventKind.KLINES, Optional.of(interval)));
            case Missed.Tickers(Set<Instrument> instruments) ->
                    instruments.stream()
                            .map(i -> new StreamKey(i, EventKind.TICKERS, Optional.empty()));
        };
    }

    private void finished(
            CatchUpPlan.Entry entry,
            List<CompletableFuture<@Nullable Void>> served,
            Priority priority,
            @Nullable Throwable failure) {
        busy.remove(priority);
        if (failure != null) {
            counters.increment(Count.CATCH_UPS_FAILED);
            log.atWarn()
                    .addKeyValue("missed", entry.missed())
                    .addKeyValue("reason", failure.getMessage())
                    .log("what was missed could not be fetched");
        }
        if (failure == null || refused(failure)) {
            served.forEach(done -> done.complete(null));
        } else {
            keys(entry.missed())
                    .findFirst()
                    .ifPresent(key ->
                            waiting.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(served));
            admitted(entry.missed(), plan.again(entry, clock.instant(), AFTER_FAILURE));
        }
        advance();
    }

    private static boolean refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FetchFailedException fetch && fetch.refused();
    }

    private void post(Runnable action) {
        if (!closed) {
            decisions.post(action);
        }
    }

    /** What is under way is left to those that fetch it. */
    @Override
    public void close() {
        closed = true;
        looking.close();
    }
}
