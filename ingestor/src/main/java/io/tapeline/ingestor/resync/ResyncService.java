package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.ResyncRequest;
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

    /**
     * @param streamed whether this instance streams the instrument; others' are left to others
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
     * Takes a request; never blocks.
     *
     * @throws IllegalArgumentException if the request makes no sense, naming what is wrong
     */
    public void serve(ResyncRequest request) {
        Want want = Want.of(request);
        if (!streamed.test(want.instrument())) {
            return;
        }
        switch (wants.offer(want)) {
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
    }

    private void fetch(Want want) {
        var _ =
                (switch (want) {
                            case Want.Snapshot snapshot ->
                                    snapshots.fetch(snapshot, Priority.RESYNC);
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
        Want next = wants.finished(want);
        if (next != null) {
            fetch(next);
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
