package io.tapeline.ingestor.discovery;

import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.binance.ExchangeInfoDecoder;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry of Binance's instruments: fetches the exchange's list at the start and every
 * few minutes, writes what has changed, and tells which instruments are to be streamed. A fetch
 * that fails is made again sooner, and changes nothing.
 */
public final class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** The registry holds other venues' instruments too, which Binance's list says nothing of. */
    private static final String OURS = Venue.BINANCE.id() + ":";

    private final RestClient rest;
    private final InstrumentRegistry registry;
    private final InstrumentWriter writer;
    private final Consumer<Set<Instrument>> follower;
    private final ScheduledExecutorService scheduler;
    private final Duration refreshEvery;
    private final Clock clock;
    private Set<String> unknownBefore = Set.of();
    private volatile Set<Instrument> followed = Set.of();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /**
     * @param before entries of an earlier run
     * @param follower hears of every set of instruments that differs from the one before
     * @param scheduler of one thread, on which the registry is kept and the follower is told
     */
    public Discovery(
            RestClient rest,
            Selection selection,
            Collection<InstrumentInfo> before,
            InstrumentWriter writer,
            Consumer<Set<Instrument>> follower,
            ScheduledExecutorService scheduler,
            Duration refreshEvery,
            Clock clock) {
        this.rest = rest;
        this.registry =
                new InstrumentRegistry(
                        selection,
                        before.stream()
                                .filter(info -> info.getInstrument().startsWith(OURS))
                                .toList());
        this.writer = writer;
        this.follower = follower;
        this.scheduler = scheduler;
        this.refreshEvery = refreshEvery;
        this.clock = clock;
    }

    /** Begins, and returns at once. */
    public void start() {
        fetch();
    }

    /** Completes when the first list has come and its instruments are being streamed. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** What is streamed as of now; empty before the first list has come. */
    public Set<Instrument> followed() {
        return followed;
    }

    private void fetch() {
        var _ =
                rest.ask(new RestRequest.ExchangeInfo(), Priority.AUDIT)
                        .thenAccept(outcome -> onScheduler(() -> take(outcome)));
    }

    private void onScheduler(Runnable action) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    log.atError().setCause(e).log("the list of instruments was not taken");
                    fetchAfter(AFTER_FAILURE);
                }
            });
        }
    }

    private void take(RestOutcome outcome) {
        switch (outcome) {
            case RestOutcome.Answered(byte[] body, _) -> fetchAfter(take(body));
            case RestOutcome.Refused(int status, int code, String message) -> {
                log.atError()
                        .addKeyValue("status", status)
                        .addKeyValue("code", code)
                        .addKeyValue("message", message)
                        .log("the exchange refuses its list of instruments");
                fetchAfter(refreshEvery);
            }
            case RestOutcome.Failed(String reason) -> {
                log.atWarn()
                        .addKeyValue("reason", reason)
                        .log("the exchange's list of instruments could not be fetched");
                fetchAfter(AFTER_FAILURE);
            }
        }
    }

    /** When to fetch again. */
    private Duration take(byte[] body) {
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
        apply(registry.update(listed, now));
        return refreshEvery;
    }

    private void apply(InstrumentRegistry.Change change) {
        change.changed().forEach(this::write);
        if (!change.unknown().equals(unknownBefore)) {
            unknownBefore = change.unknown();
            change.unknown()
                    .forEach(symbol ->
                            log.atWarn()
                                    .addKeyValue("symbol", symbol)
                                    .log(
                                            "tapeline.symbols names a symbol that the"
                                                    + " exchange does not have"));
        }
        if (!change.followed().equals(followed)) {
            log.atInfo()
                    .addKeyValue("instruments", change.followed().size())
                    .addKeyValue("before", followed.size())
                    .log("the instruments to stream have changed");
            followed = change.followed();
            follower.accept(followed);
        }
        ready.complete(null);
    }

    private void write(InstrumentInfo entry) {
        var _ =
                writer.write(entry)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("instrument", entry.getInstrument())
                                        .addKeyValue("reason", failure.toString())
                                        .log("an entry of the registry was not written");
                                onScheduler(() -> registry.notWritten(entry));
                            }
                        });
    }

    private void fetchAfter(Duration wait) {
        if (!scheduler.isShutdown()) {
            var _ = scheduler.schedule(this::fetch, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
