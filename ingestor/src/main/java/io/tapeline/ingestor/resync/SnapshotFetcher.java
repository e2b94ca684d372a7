package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches snapshots of books and publishes each, verbatim, to the raw topic; knows when it last did
 * so. Thread-safe.
 */
public final class SnapshotFetcher {

    /**
     * How often a snapshot that is too old is fetched again (EXCHANGES.md A.5 step 3): for some 45
     * s, three times a pause, the first of which is a second and each further twice the one before.
     */
    private static final int STALE_ATTEMPTS = 13;

    private static final int ATTEMPTS_A_PAUSE = 3;

    /** Most levels at the least weight (EXCHANGES.md A.6). */
    private static final int LOOK_LIMIT = 100;

    private final RestClient rest;
    private final RawRoutes routes;
    private final int depthLimit;
    private final ExchangeTimeUnit unit;
    private final ScheduledExecutorService scheduler;

    /** When the newest snapshot came, of the instruments that this instance streams or streamed. */
    private final Map<Instrument, EpochNanos> newest = new ConcurrentHashMap<>();

    /**
     * @param depthLimit levels a side, 1 to 5000
     */
    public SnapshotFetcher(
            RestClient rest,
            RawRoutes routes,
            int depthLimit,
            ExchangeTimeUnit unit,
            ScheduledExecutorService scheduler) {
        this.rest = rest;
        this.routes = routes;
        this.depthLimit = depthLimit;
        this.unit = unit;
        this.scheduler = scheduler;
    }

    /** Whether one came at the given time or after it. */
    boolean fetchedSince(Instrument instrument, Instant time) {
        EpochNanos last = newest.get(instrument);
        return last != null && last.compareTo(EpochNanos.of(time)) >= 0;
    }

    /** Fails with a {@link FetchFailedException}. */
    CompletableFuture<@Nullable Void> fetch(Want.Snapshot want, Priority priority) {
        return fetch(want, priority, 1);
    }

    /** One to hold a book against, of whatever id. Fails with a {@link FetchFailedException}. */
    CompletableFuture<@Nullable Void> look(Instrument instrument) {
        RestRequest.Depth request = new RestRequest.Depth(instrument.symbol(), LOOK_LIMIT);
        return rest.ask(request, Priority.AUDIT)
                .thenCompose(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered -> {
                                publish(
                                        instrument,
                                        EventKind.PICTURES,
                                        request.auditStream(),
                                        answered);
                                yield CompletableFuture.completedFuture(null);
                            }
                            case RestOutcome.Refused refused ->
                                    failed(new FetchFailedException(refused));
                            case RestOutcome.Failed failed ->
                                    failed(new FetchFailedException(failed));
                        });
    }

    private void publish(
            Instrument instrument, EventKind kind, String stream, RestOutcome.Answered answered) {
        routes.route(instrument, kind, BinanceSpan.ofSnapshot(), stream, CandleFetcher.LINE, unit)
                .publish(answered.body(), answered.receivedNanos());
    }

    private CompletableFuture<@Nullable Void> fetch(
            Want.Snapshot want, Priority priority, int attempt) {
        RestRequest.Depth request = new RestRequest.Depth(want.instrument().symbol(), depthLimit);
        return rest.ask(request, priority)
                .thenCompose(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered ->
                                    take(want, priority, attempt, request, answered);
                            case RestOutcome.Refused refused ->
                                    failed(new FetchFailedException(refused));
                            case RestOutcome.Failed failed ->
                                    failed(new FetchFailedException(failed));
                        });
    }

    private CompletableFuture<@Nullable Void> take(
            Want.Snapshot want,
            Priority priority,
            int attempt,
            RestRequest.Depth request,
            RestOutcome.Answered answered) {
        long updateId = BinanceSpan.ofSnapshot().first(answered.body());
        if (updateId < want.afterUpdateId()) {
            // EXCHANGES.md A.5 step 3: older than the stream; fetch again.
            return attempt < STALE_ATTEMPTS
                    ? later(pauseAfter(attempt), () -> fetch(want, priority, attempt + 1))
                    : failed(
                            new FetchFailedException("snapshot " + updateId + " is still too old"));
        }
        publish(want.instrument(), EventKind.DEPTH, request.stream(), answered);
        newest.put(want.instrument(), new EpochNanos(answered.receivedNanos()));
        return CompletableFuture.completedFuture(null);
    }

    private static Duration pauseAfter(int attempt) {
        return Duration.ofSeconds(1L << (attempt - 1) / ATTEMPTS_A_PAUSE);
    }

    private CompletableFuture<@Nullable Void> later(
            Duration pause, Supplier<CompletableFuture<@Nullable Void>> action) {
        CompletableFuture<@Nullable Void> due = new CompletableFuture<>();
        if (scheduler.isShutdown()) {
            return failed(new FetchFailedException("closing"));
        }
        var _ = scheduler.schedule(() -> due.complete(null), pause.toNanos(), TimeUnit.NANOSECONDS);
        return due.thenCompose(_ -> action.get());
    }

    private static CompletableFuture<@Nullable Void> failed(FetchFailedException failure) {
        return CompletableFuture.failedFuture(failure);
    }
}
