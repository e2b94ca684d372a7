package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.binance.RestInquiry;
import io.tapeline.ingestor.collect.CandleJobs;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.discovery.Discovery;
import io.tapeline.ingestor.discovery.Registry;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.publish.Publishing;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.resync.Backfill;
import io.tapeline.ingestor.resync.CandleFetcher;
import io.tapeline.ingestor.resync.CandleRefill;
import io.tapeline.ingestor.resync.CatchUp;
import io.tapeline.ingestor.resync.CatchUpFetches;
import io.tapeline.ingestor.resync.RestBackfill;
import io.tapeline.ingestor.resync.ResyncService;
import io.tapeline.ingestor.resync.SnapshotFetcher;
import io.tapeline.ingestor.resync.TickerFetcher;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Binance: its REST, its lines, its list of instruments, and what is fetched of it on request. */
final class BinanceFeed implements AutoCloseable {

    private static final Duration SHORTEST_REST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration SHORTEST_REFILL_BACKOFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_REFILL_BACKOFF = Duration.ofMinutes(5);

    private final Parts parts;
    private final RestClient rest;
    private final CandleFetcher candles;
    private final CandleJobs jobs;
    private final Backfill backfill;
    private final BinanceLines lines;
    private final Discovery discovery;
    private final Registry registry;

    private BinanceFeed(
            Parts parts,
            RestClient rest,
            CandleFetcher candles,
            CandleJobs jobs,
            Backfill backfill,
            BinanceLines lines,
            Discovery discovery,
            Registry registry) {
        this.parts = parts;
        this.rest = rest;
        this.candles = candles;
        this.jobs = jobs;
        this.backfill = backfill;
        this.lines = lines;
        this.discovery = discovery;
        this.registry = registry;
    }

    /**
     * Begins to fetch, and to stream what the shares say.
     *
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static BinanceFeed start(
            BinanceSettings settings,
            Shares shares,
            Topics topics,
            Publishing publishing,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Parts parts = new Parts();
        try {
            return start(parts, settings, shares, topics, publishing, counters, scheduler, clock);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static BinanceFeed start(
            Parts parts,
            BinanceSettings settings,
            Shares shares,
            Topics topics,
            Publishing publishing,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        KafkaPublisher publisher = publishing.publisher();
        SplittableRandom random = new SplittableRandom();
        RestClient rest =
                parts.add(
                        "rest",
                        RestClient.start(
                                settings.rest(),
                                clock,
                                new Backoff(SHORTEST_REST_BACKOFF, LONGEST_BACKOFF, random.split()),
                                counters));
        CandleFetcher candles = new CandleFetcher(rest, publisher, settings.rest().unit());
        CandleRefill refill =
                parts.add(
                        "refill",
                        new CandleRefill(
                                candles,
                                settings.line().types().stream()
                                        .flatMap(type -> type.interval().stream())
                                        .toList(),
                                gap -> publisher.write(topics.gaps(), gap.getInstrument(), gap),
                                new Backoff(
                                        SHORTEST_REFILL_BACKOFF,
                                        LONGEST_REFILL_BACKOFF,
                                        random.split()),
                                counters,
                                scheduler,
                                clock));
        publishing.refillBy(refill::refill);
        RestBackfill backfill =
                backfill(
                        parts, settings, shares, rest, candles, publisher, counters, scheduler,
                        clock);
        BinanceLines lines =
                parts.add(
                        "lines",
                        BinanceLines.start(
                                settings,
                                shares,
                                new RestInquiry(rest),
                                publisher,
                                counters,
                                scheduler,
                                random,
                                clock));
        Discovery discovery =
                new Discovery(
                        rest,
                        settings.selection(),
                        shares.registry(),
                        scheduler,
                        settings.refreshEvery(),
                        clock);
        discovery.start();
        CandleJobs jobs =
                parts.add(
                        "jobs",
                        new CandleJobs(
                                (pair, page) -> candles.fetchForHistory(pair, page, Priority.BULK),
                                publisher.buffer()::hasRoom,
                                rest::bulkWeightPerMinute,
                                counters,
                                clock));
        return new BinanceFeed(
                parts, rest, candles, jobs, backfill, lines, discovery, shares.registry());
    }

    private static RestBackfill backfill(
            Parts parts,
            BinanceSettings settings,
            Shares shares,
            RestClient rest,
            CandleFetcher candles,
            KafkaPublisher publisher,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        SnapshotFetcher snapshots =
                new SnapshotFetcher(
                        rest, publisher, settings.depthLimit(), settings.rest().unit(), scheduler);
        ResyncService urgent =
                new ResyncService(snapshots, candles, shares.registry()::streams, counters);
        CatchUpFetches fetches =
                new CatchUpFetches(
                        settings.catchUp(),
                        snapshots,
                        candles,
                        new TickerFetcher(rest, publisher, settings.rest().unit()),
                        instrument ->
                                shares.registry().streams(instrument)
                                        && shares.rest().holds(instrument),
                        clock);
        CatchUp later =
                parts.add(
                        "catch-up",
                        CatchUp.start(
                                settings.catchUp(),
                                snapshots,
                                fetches,
                                urgent,
                                counters,
                                scheduler,
                                clock));
        return new RestBackfill(urgent, later);
    }

    List<BinanceLine.State> lines() {
        return lines.states();
    }

    CandleFetcher candles() {
        return candles;
    }

    CandleJobs jobs() {
        return jobs;
    }

    /** What the installation streams of the venue. */
    Set<Instrument> followed() {
        return registry.streamed(Venue.BINANCE);
    }

    /** What can be asked of the exchange beside its streams. */
    Backfill backfill() {
        return backfill;
    }

    /** Completes when the exchange's list of instruments has come. */
    CompletableFuture<Void> ready() {
        return discovery.ready();
    }

    int usedWeight() {
        return rest.usedWeight();
    }

    int waitingRequests() {
        return rest.waiting();
    }

    int weightLimit() {
        return rest.weightLimit();
    }

    int stillMillis() {
        return rest.stillMillis();
    }

    int clockAheadMillis() {
        return rest.clockAheadMillis();
    }

    /** Streams end first, then requests. */
    @Override
    public void close() {
        parts.close();
    }
}
