package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests for snapshots and candles, once each, whoever asks. What cannot be fetched is
 * said so in the log and counted; who asked asks again. Thread-safe.
 */
public final class ResyncService {

    private static final Logger log = LoggerFactory.getLogger(ResyncService.class);

    private static final int CAPACITY = 4096;

    private final SnapshotFetcher snapshots;
    private final CandleFetcher candles;
    private final Predicate<Instrument> streamed;
    private final IngestorCounters counters;
    private final WantQueue wants = new WantQueue(CAPACITY);

    /** When nothing more is fetched of the same. */
    private final Map<WantQueue.Key, CompletableFuture<@Nullable Void>> ends = new HashMap<>();

    /**
     * @param streamed whether the installation streams the instrument
     */
    public ResyncService(
            SnapshotFetcher snapshots,
            CandleFetcher candles,
            Predicate<Instrument> streamed,
            IngestorCounters counters) {
        this.snapshots = snapshots;
        this.candles = candles;
        this.streamed = streamed;
        this.counters = counters;
    }

    /**
     * Takes a request; never blocks. Completes, never exceptionally, when nothing more will be done
     * for it.
     *
     * @throws IllegalArgumentException if the request makes no sense, naming what is wrong
     */
    public CompletableFuture<@Nullable Void> serve(ResyncRequest request) {
        Want want = Want.of(request);
        if (!streamed.test(want.instrument())) {
            return CompletableFuture.completedFuture(null);
        }
        WantQueue.Admission admission;
        CompletableFuture<@Nullable Void> end;
        synchronized (ends) {
            WantQueue.Key serving = wants.keyServing(want);
            admission = wants.offer(want);
            end =
                    admission == WantQueue.Admission.FULL
                            ? CompletableFuture.completedFuture(null)
                            : ends.computeIfAbsent(serving, _ -> new CompletableFuture<>());
        }
        switch (admission) {
            case FETCH -> {
                counters.increment(Count.RESYNCS);
                fetch(want);
            }
            case COALESCED -> counters.increment(Count.RESYNCS_COALESCED);
            case FULL -> {
                counters.increment(Count.RESYNCS_DROPPED);
                log.atWarn()
                        .addKeyValue("instrument", want.instrument())
                        .log("too many resync requests wait: this one is dropped");
            }
        }
        return end;
    }

    private void fetch(Want want) {
        var _ =
                (switch (want) {
                            case Want.Snapshot snapshot ->
                                    snapshots.fetch(snapshot, Priority.RESYNC);
                            case Want.Look look -> snapshots.look(look.instrument());
                            case Want.Candles range ->
                                    candles.fetchRange(range, Priority.RESYNC)
                                            .<Void>thenApply(_ -> null);
                        })
                        .whenComplete((_, failure) -> finished(want, failure));
    }

    private void finished(Want want, @Nullable Throwable failure) {
        if (failure != null) {
            log.atWarn()
                    .addKeyValue("want", want)
                    .addKeyValue("reason", failure.getMessage())
                    .log("a resync request could not be served");
        }
        Want next;
        CompletableFuture<@Nullable Void> end;
        synchronized (ends) {
            next = wants.finished(want);
            end = next == null ? ends.remove(WantQueue.key(want)) : null;
        }
        if (next != null) {
            fetch(next);
        }
        if (end != null) {
            end.complete(null);
        }
    }

    /** Whether a snapshot of the book is being fetched, or waits for its turn. */
    boolean snapshotUnderWay(Instrument instrument) {
        return wants.hasSnapshot(instrument);
    }

    /** Requests that are being served. */
    public int underWay() {
        return wants.size();
    }
}
