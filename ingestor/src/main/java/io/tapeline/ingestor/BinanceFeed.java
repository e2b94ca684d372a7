package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.binance.RestInquiry;
import io.tapeline.ingestor.binance.StreamWatch;
import io.tapeline.ingestor.collect.CandleJobs;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.consume.InstrumentReader;
import io.tapeline.ingestor.consume.ResyncConsumer;
import io.tapeline.ingestor.discovery.Discovery;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.publish.Publishing;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.resync.CandleFetcher;
import io.tapeline.ingestor.resync.CandleRefill;
import io.tapeline.ingestor.resync.CatchUp;
import io.tapeline.ingestor.resync.ResyncService;
import io.tapeline.ingestor.resync.SnapshotFetcher;
import io.tapeline.ingestor.resync.TickerFetcher;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;

/** Binance: its REST, its lines, its list of instruments, and what is fetched of it on request. */
final class BinanceFeed implements AutoCloseable {

    private static final Duration SHORTEST_REST_BACKOFF = Duration.ofMillis(500);
    private static final Duration SHORTEST_SOCKET_BACKOFF = Duration.ofMillis(250);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration ATTEMPTS_SPAN = Duration.ofMinutes(5);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final Parts parts;
    private final RestClient rest;
    private final CandleFetcher candles;
    private final CandleJobs jobs;
    private final List<BinanceLine> lines;
    private final Discovery discovery;

    private BinanceFeed(
            Parts parts,
            RestClient rest,
            CandleFetcher candles,
            CandleJobs jobs,
            List<BinanceLine> lines,
            Discovery discovery) {
        this.parts = parts;
        this.rest = rest;
        this.candles = candles;
        this.jobs = jobs;
        this.lines = lines;
        this.discovery = discovery;
    }

    /**
     * Reads the registry of an earlier run, then begins to fetch and stream.
     *
     * @param clientId prefix of the names by which Kafka knows the readers
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static BinanceFeed start(
            BinanceSettings settings,
            String bootstrap,
            String clientId,
            Topics topics,
            Publishing publishing,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Parts parts = new Parts();
        try {
            return start(
                    parts,
                    settings,
                    bootstrap,
                    clientId,
                    topics,
                    publishing,
                    counters,
                    scheduler,
                    clock);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static BinanceFeed start(
            Parts parts,
            BinanceSettings settings,
            String bootstrap,
            String clientId,
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
        publishing.refillBy(refill(settings, topics, publisher, candles, clock)::refill);
        Sockets sockets =
                parts.add(
                        "sockets",
                        JettySockets.start(
                                "binance-socket",
                                new SocketLimits(
                                        settings.maxMessageBytes(),
                                        CONNECT_WITHIN,
                                        settings.silence()),
                                clock));
        ConnectionAttempts attempts =
                new ConnectionAttempts(settings.attemptsPerFiveMinutes(), ATTEMPTS_SPAN);
        FollowedInstruments followed = new FollowedInstruments();
        SnapshotFetcher snapshots =
                new SnapshotFetcher(
                        rest, publisher, settings.depthLimit(), settings.rest().unit(), scheduler);
        ResyncService resync =
                new ResyncService(
                        snapshots,
                        candles,
                        instrument -> followed.get().contains(instrument),
                        counters);
        CatchUp catchUp =
                parts.add(
                        "catch-up",
                        CatchUp.start(
                                settings.catchUp(),
                                snapshots,
                                candles,
                                new TickerFetcher(rest, publisher, settings.rest().unit()),
                                resync,
                                followed,
                                counters,
                                scheduler,
                                clock));
        List<BinanceLine> lines =
                settings.lines().stream()
                        .map(name ->
                                parts.add(
                                        "line " + name,
                                        new BinanceLine(
                                                name,
                                                settings.line(),
                                                sockets,
                                                attempts,
                                                new Backoff(
                                                        SHORTEST_SOCKET_BACKOFF,
                                                        LONGEST_BACKOFF,
                                                        random.split()),
                                                new Lifetime(
                                                        settings.line().replaceAfter(),
                                                        random.split()),
                                                publisher,
                                                catchUp,
                                                counters,
                                                scheduler)))
                        .toList();
        parts.add(
                "watch",
                StreamWatch.start(
                        settings.watchdog(), lines, new RestInquiry(rest), counters, scheduler));
        Discovery discovery =
                new Discovery(
                        rest,
                        settings.selection(),
                        InstrumentReader.read(
                                bootstrap, clientId + "-instruments", topics.instruments()),
                        entry ->
                                publisher.write(topics.instruments(), entry.getInstrument(), entry),
                        instruments -> {
                            followed.set(instruments);
                            lines.forEach(line -> line.follow(instruments));
                        },
                        scheduler,
                        settings.refreshEvery(),
                        clock);
        parts.add(
                "resync",
                ResyncConsumer.start(
                        bootstrap,
                        clientId + "-resync",
                        topics.resync(),
                        resync,
                        letter -> deadLetter(topics, publisher, letter),
                        discovery.ready(),
                        clock));
        discovery.start();
        CandleJobs jobs =
                parts.add(
                        "jobs",
                        new CandleJobs(
                                (pair, page) -> candles.fetch(pair, page, Priority.BULK),
                                publisher.buffer()::hasRoom,
                                rest::bulkWeightPerMinute,
                                counters,
                                clock));
        return new BinanceFeed(parts, rest, candles, jobs, lines, discovery);
    }

    private static CandleRefill refill(
            BinanceSettings settings,
            Topics topics,
            KafkaPublisher publisher,
            CandleFetcher candles,
            Clock clock) {
        return new CandleRefill(
                candles,
                settings.line().types().stream().flatMap(t -> t.interval().stream()).toList(),
                gap -> publisher.note(topics.gaps(), key(gap.getInstrument()), gap),
                clock);
    }

    private static void deadLetter(Topics topics, KafkaPublisher publisher, DeadLetter letter) {
        publisher.note(topics.deadLetters(), letter.getKey().toByteArray(), letter);
    }

    private static byte[] key(String instrumentId) {
        return instrumentId.getBytes(StandardCharsets.UTF_8);
    }

    List<BinanceLine.State> lines() {
        return lines.stream().map(BinanceLine::state).toList();
    }

    CandleFetcher candles() {
        return candles;
    }

    CandleJobs jobs() {
        return jobs;
    }

    Set<Instrument> followed() {
        return discovery.followed();
    }

    int instruments() {
        return discovery.followed().size();
    }

    int usedWeight() {
        return rest.usedWeight();
    }

    int waitingRequests() {
        return rest.waiting();
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
