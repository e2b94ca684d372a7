package io.tapeline.aggregator;

import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.query.Currency;
import io.tapeline.aggregator.query.QueryServer;
import io.tapeline.aggregator.query.Restorations;
import io.tapeline.aggregator.query.StandbyCopies;
import io.tapeline.aggregator.query.StatusSources;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.aggregator.topology.AggregatorTopology;
import io.tapeline.aggregator.topology.FlowCounters;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The aggregator, whole: ensures the topics, listens, and runs the streams. {@link #start} returns
 * once they run in the background; {@link #close} stops all of it, as does a failure to start.
 */
public final class Aggregator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    /** One of each query API. */
    private static final int MOST_FEEDS = 32;

    /** A second of the whole market's burst; beyond it a feed is told what stores hold instead. */
    private static final int MOST_QUEUED = 20_000;

    private final FlowCounters counters;
    private final Restorations restorations;
    private final Supplier<AggregatorStatus> status;
    private final QueryServer server;
    private final KafkaStreams streams;
    private final Deque<AutoCloseable> parts;

    private Aggregator(
            FlowCounters counters,
            Restorations restorations,
            Supplier<AggregatorStatus> status,
            QueryServer server,
            KafkaStreams streams,
            Deque<AutoCloseable> parts) {
        this.counters = counters;
        this.restorations = restorations;
        this.status = status;
        this.server = server;
        this.streams = streams;
        this.parts = parts;
    }

    /**
     * @throws InterruptedException while the topics are ensured
     */
    public static Aggregator start(AggregatorSettings settings) throws InterruptedException {
        return start(settings, state -> {});
    }

    /**
     * @param onState told of each state that the streams come to, on their thread
     */
    public static Aggregator start(
            AggregatorSettings settings, Consumer<KafkaStreams.State> onState)
            throws InterruptedException {
        Topics topics = new Topics(settings.topicPrefix());
        FlowCounters counters = new FlowCounters();
        Tap tap = new Tap(settings.partitions(), MOST_FEEDS, MOST_QUEUED);
        counters.alsoCount("feed.told", tap::told);
        counters.alsoCount("feed.overflowed", tap::overflowed);
        counters.alsoCount("feed.open", tap::feeds);
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            Admin admin = Admin.create(settings.access().client(Map.of()));
            parts.push(admin);
            TopicSetup.ensure(admin, topics, settings.partitions(), settings.replication());
            QueryServer server =
                    new QueryServer(
                            settings.httpHost(),
                            settings.httpPort(),
                            settings.advertisedHost(),
                            settings.secret());
            parts.push(server);
            KafkaStreams streams =
                    new KafkaStreams(
                            topology(topics, settings, counters, tap),
                            StreamsSettings.of(
                                    settings,
                                    server.address(),
                                    InstanceName.in(settings.dataDir())));
            parts.push(() -> close(streams));
            streams.setUncaughtExceptionHandler(new StreamThreadFailures(counters));
            Restorations restorations = new Restorations();
            streams.setGlobalStateRestoreListener(restorations);
            StandbyCopies copies = new StandbyCopies();
            streams.setStandbyUpdateListener(copies);
            streams.setStateListener((now, before) -> onState.accept(now));
            InputLag lag = new InputLag(admin, StreamsSettings.applicationId(settings));
            ScheduledExecutorService clock = daemon("aggregator-lag");
            parts.push(clock::shutdownNow);
            lag.refreshWith(clock);
            Duration within = InputEnds.within(settings);
            ScheduledExecutorService ends = daemon("aggregator-ends");
            parts.push(ends::shutdownNow);
            new InputEnds(
                            admin,
                            StreamsSettings.applicationId(settings),
                            topics,
                            settings.partitions(),
                            counters.catchUp(),
                            within)
                    .refreshWith(ends);
            Supplier<AggregatorStatus> status =
                    server.answerFrom(
                            streams,
                            topics,
                            settings.partitions(),
                            new Currency(counters.catchUp(), within, System::nanoTime),
                            copies,
                            new StatusSources(counters, lag::newest, restorations),
                            tap);
            streams.start();
            LOG.atInfo()
                    .addKeyValue("http", server.address())
                    .addKeyValue("application", StreamsSettings.applicationId(settings))
                    .log("Aggregator starts");
            return new Aggregator(counters, restorations, status, server, streams, parts);
        } catch (InterruptedException | RuntimeException | Error e) {
            unwind(parts, e);
            throw e;
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private static Topology topology(
            Topics topics, AggregatorSettings settings, FlowCounters counters, Tap tap) {
        return new AggregatorTopology(
                        topics,
                        new BookSync(
                                SyncSettings.DEFAULT
                                        .withReordering(settings.reordering())
                                        .withBooks(
                                                settings.books().mostLevels(),
                                                settings.books().auditHeals())),
                        new CandleArbiter(settings.candlesKept()),
                        new PriceArbiter(settings.priceSilence()),
                        counters,
                        tap,
                        settings.books().auditEvery())
                .build();
    }

    /** Of the internal HTTP server. */
    public URI address() {
        return URI.create("http://" + server.address().host() + ":" + server.address().port());
    }

    /** Of the streams: {@code RUNNING} once every partition is restored. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    public FlowCounters counters() {
        return counters;
    }

    Restorations restorations() {
        return restorations;
    }

    /** How this instance goes; asks every book. */
    AggregatorStatus status() {
        return status.get();
    }

    /** Leaves the group, so that others take over at once, and stops everything; idempotent. */
    @Override
    public void close() {
        RuntimeException failure = new IllegalStateException("aggregator: did not stop cleanly");
        unwind(parts, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void close(KafkaStreams streams) {
        CloseOptions leave =
                CloseOptions.groupMembershipOperation(
                                CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(CLOSE_WITHIN);
        if (!streams.close(leave)) {
            throw new IllegalStateException("streams: did not stop within " + CLOSE_WITHIN);
        }
    }

    private static void unwind(Deque<AutoCloseable> parts, Throwable cause) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                cause.addSuppressed(e);
            }
        }
    }
}
