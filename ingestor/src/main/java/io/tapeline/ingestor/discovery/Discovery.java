package io.tapeline.ingestor.discovery;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.binance.ExchangeInfoDecoder;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry of Binance's instruments: fetches the exchange's list at the start and every
 * few minutes, and enters what has changed. A fetch that fails is made again sooner, and changes
 * nothing.
 */
public final class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final RestClient rest;
    private final Selection selection;
    private final Registry registry;
    private final DecisionThread decisions;
    private final Duration refreshEvery;
    private final Clock clock;
    private Set<String> unknownBefore = Set.of();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /**
     * @param scheduler of one thread, on which the registry is kept
     */
    public Discovery(
            RestClient rest,
            Selection selection,
            Registry registry,
            ScheduledExecutorService scheduler,
            Duration refreshEvery,
            Clock clock) {
        this.rest = rest;
        this.selection = selection;
        this.registry = registry;
        this.decisions = new DecisionThread("discovery", scheduler);
        this.refreshEvery = refreshEvery;
        this.clock = clock;
    }

    /** Begins, and returns at once. */
    public void start() {
        fetch();
    }

    /** Completes when the first list has come and its instruments are known. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    private void fetch() {
        var _ =
                rest.ask(new RestRequest.ExchangeInfo(), Priority.AUDIT)
                        .thenAccept(outcome -> decisions.post(() -> take(outcome)));
    }

    private void take(RestOutcome outcome) {
        Duration wait = AFTER_FAILURE;
        try {
            wait = taken(outcome);
        } finally { // a list that cannot be taken is not the last one
            var _ = decisions.after(wait, this::fetch);
        }
    }

    /** When to fetch again. */
    private Duration taken(RestOutcome outcome) {
        return switch (outcome) {
            case RestOutcome.Answered(byte[] body, _) -> taken(body);
            case RestOutcome.Refused(int status, int code, String message) -> {
                log.atError()
                        .addKeyValue("status", status)
                        .addKeyValue("code", code)
                        .addKeyValue("message", message)
                        .log("the exchange refuses its list of instruments");
                yield refreshEvery;
            }
            case RestOutcome.Failed(String reason) -> {
                log.atWarn()
                        .addKeyValue("reason", reason)
                        .log("the exchange's list of instruments could not be fetched");
                yield AFTER_FAILURE;
            }
        };
    }

    private Duration taken(byte[] body) {
        EpochMicros now = EpochMicros.of(clock.instant());
        List<InstrumentInfo> listed;
        try {
            listed = ExchangeInfoDecoder.decode(body, now);
        } catch (MalformedPayload e) {
            log.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("the exchange's list of instruments is malformed");
            return AFTER_FAILURE;
        }
        warnOf(registry.update(Venue.BINANCE, selection, listed));
        ready.complete(null);
        return refreshEvery;
    }

    private void warnOf(Set<String> unknown) {
        if (!unknown.equals(unknownBefore)) {
            unknownBefore = unknown;
            unknown.forEach(symbol ->
                    log.atWarn()
                            .addKeyValue("symbol", symbol)
                            .log(
                                    "tapeline.symbols names a symbol that the exchange does not"
                                            + " have"));
        }
    }
}
