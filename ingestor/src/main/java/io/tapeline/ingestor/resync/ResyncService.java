package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    /** How often a snapshot that is too old is fetched again (EXCHANGES.md A.5 step 3). */
    private static final int STALE_ATTEMPTS = 5;

    private static final Duration STALE_PAUSE = Duration.ofSeconds(1);

    private final RestClient rest;
    private final RawRoutes routes;
    private final CandleFetcher candles;
    private final Predicate<Instrument> streamed;
    private final int depthLimit;
    private final ExchangeTimeUnit unit;
    private final IngestorCounters counters;
    private final ScheduledExecutorService scheduler;
    private final WantQueue wants = new WantQueue(CAPACITY);

    /**
     * @param streamed whether this instance streams the instrument; others' are left to others
     * @param depthLimit levels a side of a snapshot, 1 to 5000
     */
    public ResyncService(
            RestClient rest,
            RawRoutes routes,
            CandleFetcher candles,
            Predicate<Instrument> streamed,
            int depthLimit,
            ExchangeTimeUnit unit,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        this.rest = rest;
        this.routes = routes;
        this.candles = candles;
        this.streamed = streamed;
        this.depthLimit = depthLimit;
        this.unit = unit;
        this.counters = counters;
        this.scheduler = scheduler;
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
                            case Want.Snapshot snapshot -> snapshot(snapshot, 1);
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

    private CompletableFuture<@Nullable Void> snapshot(Want.Snapshot want, int attempt) {
        RestRequest.Depth request = new RestRequest.Depth(want.instrument().symbol(), depthLimit);
        return rest.ask(request, Priority.RESYNC)
                .thenCompose(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered ->
                                    snapshot(want, attempt, request, answered);
                            case RestOutcome.Refused refused -> failed(refused.toString());
                            case RestOutcome.Failed(String reason) -> failed(reason);
                        });
    }

    private CompletableFuture<@Nullable Void> snapshot(
            Want.Snapshot want,
            int attempt,
            RestRequest.Depth request,
            RestOutcome.Answered answered) {
        long updateId = BinanceSpan.ofSnapshot().first(answered.body());
        if (updateId < want.afterUpdateId()) {
            // EXCHANGES.md A.5 step 3: older than the stream; fetch again.
            return attempt < STALE_ATTEMPTS
                    ? later(() -> snapshot(want, attempt + 1))
                    : failed("snapshot " + updateId + " is still too old");
        }
        routes.route(
                        want.instrument(),
                        EventKind.DEPTH,
                        BinanceSpan.ofSnapshot(),
                        request.stream(),
                        CandleFetcher.LINE,
                        unit)
                .publish(answered.body(), answered.receivedNanos());
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<@Nullable Void> later(
            Supplier<CompletableFuture<@Nullable Void>> action) {
        CompletableFuture<@Nullable Void> due = new CompletableFuture<>();
        if (scheduler.isShutdown()) {
            return failed("closing");
        }
        var _ =
                scheduler.schedule(
                        () -> due.complete(null), STALE_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        return due.thenCompose(_ -> action.get());
    }

    private static CompletableFuture<@Nullable Void> failed(String reason) {
        return CompletableFuture.failedFuture(new IllegalStateException(reason));
    }

    /** Requests that are being served. */
    public int underWay() {
        return wants.size();
    }
}
