package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.consume.FailedParts;
import io.tapeline.ingestor.consume.RegistryTail;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.http.CandleRequests;
import io.tapeline.ingestor.http.InternalServer;
import io.tapeline.ingestor.http.JobRequests;
import io.tapeline.ingestor.publish.KafkaStart;
import io.tapeline.ingestor.publish.ProducerBuffer;
import io.tapeline.ingestor.publish.Publishing;
import io.tapeline.ingestor.resync.Backfill;
import io.tapeline.ingestor.share.Share;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The ingestor, put together. Started, it streams until it is closed; an exchange that is away is
 * tried again for ever, a Kafka that is away at the start for a while.
 */
public final class Ingestor implements AutoCloseable {

    /** How long one who asks for candles is kept waiting for the exchange's limits. */
    private static final Duration CANDLES_WITHIN = Duration.ofSeconds(20);

    private final Parts parts;
    private final StatusReport status;
    private final IngestorCounters counters;
    private final FailedParts failedParts;
    private final Shares shares;
    private final Optional<BinanceFeed> binance;
    private final ProducerBuffer buffer;
    private final Sources sources;
    private final int httpPort;

    private Ingestor(
            Parts parts,
            StatusReport status,
            IngestorCounters counters,
            FailedParts failedParts,
            Shares shares,
            Optional<BinanceFeed> binance,
            ProducerBuffer buffer,
            Sources sources,
            int httpPort) {
        this.parts = parts;
        this.status = status;
        this.counters = counters;
        this.failedParts = failedParts;
        this.shares = shares;
        this.binance = binance;
        this.buffer = buffer;
        this.sources = sources;
        this.httpPort = httpPort;
    }

    /**
     * Makes the topics that are missing, and starts everything; what was started is stopped again
     * if a later part fails.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached in time
     * @throws IllegalStateException if the topics have another number of partitions
     */
    public static Ingestor start(IngestorSettings settings, Clock clock)
            throws InterruptedException {
        Parts parts = new Parts();
        try {
            return start(parts, settings, clock);
        } catch (RuntimeException | InterruptedException e) {
            parts.close();
            throw e;
        }
    }

    private static Ingestor start(Parts parts, IngestorSettings settings, Clock clock)
            throws InterruptedException {
        Topics topics = new Topics(settings.topicPrefix());
        String clientId = "tapeline-ingestor-" + settings.instance();
        KafkaStart.topics(
                settings.producer(),
                clientId + "-admin",
                topics,
                settings.partitions(),
                settings.replication());
        IngestorCounters counters = new IngestorCounters();
        FailedParts failedParts = new FailedParts(counters);
        ScheduledExecutorService scheduler = scheduler();
        parts.add("scheduler", scheduler::shutdownNow);
        Publishing publishing =
                parts.add(
                        "publishing",
                        Publishing.start(
                                settings.producer(),
                                clientId,
                                topics,
                                settings.partitions(),
                                counters,
                                settings.instance() + "/" + EpochMicros.of(clock.instant()).value(),
                                clock,
                                scheduler));
        RegistryTail registry =
                parts.add(
                        "registry",
                        RegistryTail.open(
                                settings.producer().kafka(),
                                clientId + "-instruments",
                                topics.instruments(),
                                failedParts));
        Shares shares =
                Shares.of(
                        settings,
                        topics,
                        publishing.publisher(),
                        counters,
                        failedParts,
                        registry,
                        scheduler,
                        clock);
        Optional<BinanceFeed> binance =
                settings.binance()
                        .map(venue ->
                                parts.add(
                                        "binance",
                                        BinanceFeed.start(
                                                venue,
                                                shares,
                                                topics,
                                                publishing,
                                                counters,
                                                scheduler,
                                                clock)));
        Sources sources =
                parts.add(
                        "sources",
                        Sources.start(
                                settings,
                                clientId,
                                topics,
                                publishing.publisher(),
                                shares.registry(),
                                new Sources.Work(
                                        shares.rest()::holds,
                                        shares.rest()::holdsFirst,
                                        shares.lapses()),
                                scheduler,
                                clock));
        sources.listen(shares::line);
        parts.add("shares", shares)
                .join(
                        binance.map(feed -> Map.<Venue, Backfill>of(Venue.BINANCE, feed.backfill()))
                                .orElse(Map.of()),
                        binance.map(BinanceFeed::ready)
                                .orElseGet(() -> CompletableFuture.completedFuture(null)));
        StatusReport status = new StatusReport(settings.instance(), counters, binance, sources);
        InternalServer http =
                parts.add(
                        "http",
                        InternalServer.start(
                                settings.httpHost(),
                                settings.httpPort(),
                                settings.secret(),
                                status::now,
                                binance.map(
                                        feed -> new CandleRequests(feed.candles(), CANDLES_WITHIN)),
                                binance.map(feed -> new JobRequests(feed.jobs(), feed::followed))));
        return new Ingestor(
                parts,
                status,
                counters,
                failedParts,
                shares,
                binance,
                publishing.publisher().buffer(),
                sources,
                http.port());
    }

    /** One thread decides; a task cancelled is forgotten at once. */
    private static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("ingestor-decisions").factory());
        scheduler.setRemoveOnCancelPolicy(true);
        return Executors.unconfigurableScheduledExecutorService(scheduler);
    }

    public IngestorStatus status() {
        return status.now();
    }

    /** Where the internal server listens. */
    public int httpPort() {
        return httpPort;
    }

    public IngestorCounters counters() {
        return counters;
    }

    /** What has ended by itself, and why, by the names of the parts. */
    public Map<String, String> failedParts() {
        return failedParts.reasons();
    }

    /** How each line stands. */
    public List<BinanceLine.State> lines() {
        return binance.map(BinanceFeed::lines).orElse(List.of());
    }

    /** How each line and poll of the venues other than Binance stands. */
    public List<SourceState> sources() {
        return sources.states();
    }

    /** What is counted of the venues other than Binance. */
    public List<SourceCounters> sourceCounters() {
        return sources.counters();
    }

    /** Instruments that this process streams, on whatever line. */
    public int instruments() {
        return shares.carried().size();
    }

    /** Instruments that this process streams on the line, of all venues. */
    public Set<Instrument> carried(String line) {
        return shares.line(line).carried();
    }

    /** What this process does of that which is done once for all lines. */
    public Share rest() {
        return shares.rest();
    }

    /** Binance's weight that is taken as used in the current minute. */
    public int usedWeight() {
        return binance.map(BinanceFeed::usedWeight).orElse(0);
    }

    /** Requests to exchanges that wait for their turn. */
    public int waitingRequests() {
        return binance.map(BinanceFeed::waitingRequests).orElse(0);
    }

    /** What Binance allows of weight in a minute. */
    public int weightLimit() {
        return binance.map(BinanceFeed::weightLimit).orElse(0);
    }

    /** For how long Binance forbids to ask for anything, in milliseconds; 0: it does not. */
    public int stillMillis() {
        return binance.map(BinanceFeed::stillMillis).orElse(0);
    }

    /** How far Binance's clock is ahead of ours, in milliseconds. */
    public int clockAheadMillis() {
        return binance.map(BinanceFeed::clockAheadMillis).orElse(0);
    }

    /** How much of what may wait for Kafka waits. */
    public ProducerBuffer buffer() {
        return buffer;
    }

    /**
     * Leaves its share to others, ends the streams after the time of the handover, then waits until
     * what was received is in Kafka.
     */
    @Override
    public void close() {
        parts.close();
    }
}
