package io.tapeline.benchmarks.latency;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.broker.Backlog;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.frames.QuietIngestor;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.benchmarks.tape.SyntheticDepth;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Broker, ingestor and aggregator in this process, and with them a socket on which a whole market
 * is due at a fixed rate. An event's latency is from when it was due at that socket to when the
 * aggregator has it in the store that answers ({@link QueryableTimes}).
 */
public final class LatencyBenchmark {

    static final Topics TOPICS = new Topics("latency.");

    private static final int PARTITIONS = 6;
    private static final List<Integer> FIXED = List.of(1_000, 5_000, 10_000);
    private static final List<Integer> HIGHER = List.of(15_000, 20_000, 25_000, 30_000, 40_000);
    private static final int HOLD_TRIES = 2;
    private static final int WARM_UP_PER_SECOND = 5_000;

    // Until the compiler is done with the broker, the clients and our own code, which takes a core
    // for over a minute.
    private static final long WARM_UP_NANOS = 90_000_000_000L;
    private static final long LOOK_NANOS = 250_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long SECOND = 1_000_000_000;

    private final DueEvents market;
    private final Ingestor ingestor;
    private final Aggregator aggregator;
    private final List<List<String>> rows = new ArrayList<>();

    private LatencyBenchmark(DueEvents market, Ingestor ingestor, Aggregator aggregator) {
        this.market = market;
        this.ingestor = ingestor;
        this.aggregator = aggregator;
    }

    public static Answer run(Options options) throws Exception {
        Path directory = Files.createTempDirectory("tapeline-latency-");
        Source.Synthetic pairs = Source.Synthetic.wholeMarket(1).withHistory(Duration.ofHours(1));
        try (EmbeddedBroker broker =
                        new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")));
                SimulatedExchange rest =
                        SimulatedExchange.start(SimulatorSettings.of(pairs).withLedgerBytes(0));
                FrameServer server = new FrameServer()) {
            broker.start();
            List<String> symbols = QuietIngestor.trading(rest);
            DepthTape tape = new SyntheticDepth(DueEvents.SEED, 3, 200, true).tape();
            try (Aggregator aggregator =
                    Aggregator.start(
                            AggregatorSettings.of(
                                            broker.bootstrap(), directory.resolve("aggregator"))
                                    .withTopics("latency.", PARTITIONS)
                                    .withKafka(
                                            Map.of(
                                                    "producer.interceptor.classes",
                                                    QueryableTimes.class.getName())))) {
                long books =
                        new Backlog(TOPICS, PARTITIONS, symbols)
                                .snapshots(broker.bootstrap(), tape);
                await("books", () -> aggregator.counters().of(Flow.SNAPSHOTS_USED), books);
                try (Ingestor ingestor =
                        Ingestor.start(
                                QuietIngestor.settings(
                                        broker.bootstrap(),
                                        "latency.",
                                        PARTITIONS,
                                        rest.restUrl(),
                                        server.url(),
                                        symbols,
                                        List.of("depth@100ms", "miniTicker"),
                                        ExchangeTimeUnit.MICROSECONDS),
                                Clock.systemUTC())) {
                    await("subscribed", server::subscribed, 2L * symbols.size());
                    DueEvents market = new DueEvents(tape, symbols, server);
                    market.prepare();
                    return new LatencyBenchmark(market, ingestor, aggregator)
                            .run(symbols.size(), options);
                }
            }
        } finally {
            delete(directory);
        }
    }

    private Answer run(int symbols, Options options) throws InterruptedException {
        boolean brief = options.brief();
        long step = (brief ? 3 : 12) * SECOND;
        play(WARM_UP_PER_SECOND, brief ? step : WARM_UP_NANOS, "warm-up");
        rows.clear();
        Deque<Integer> steady = new ArrayDeque<>();
        for (int rate : FIXED) {
            if (play(rate, step, "fixed")) {
                steady.push(rate);
            }
        }
        for (int rate : HIGHER) {
            if (!play(rate, (brief ? 3 : 10) * SECOND, "higher")) {
                break;
            }
            steady.push(rate);
        }
        int held = 0;
        for (int tries = 0; tries < HOLD_TRIES && held == 0 && !steady.isEmpty(); tries++) {
            int rate = steady.pop();
            held = play(rate, brief ? step : options.hold().toNanos(), "held") ? rate : 0;
        }
        requireAll();
        return new Answer(
                List.of(
                        "Broker, ingestor, aggregator (exactly-once, one stream thread, commits"
                                + " every 100 ms) and the exchange's socket in one process, all"
                                + " settings their defaults; no query API. %,d pairs, with books of"
                                        .formatted(symbols)
                                + " 1,000 levels a side; four of five events are diffs of 3 levels"
                                + " a side on average, the others mini tickers; the first pairs"
                                + " have most of them (seed "
                                + DueEvents.SEED
                                + ").",
                        "Latency is from when an event was due at the socket (events are due at"
                                + " even times, whatever became of those before: no coordinated"
                                + " omission) to when the stream thread, having changed the store"
                                + " that answers, hands the outcome on. Every event is in the"
                                + " histograms. The lag is of events due and not yet in their"
                                + " store.",
                        held == 0
                                ? "No rate was held for %d seconds without growing lag."
                                        .formatted(options.hold().toSeconds())
                                : "The highest rate that was held for %d seconds without growing lag: %,d events/s."
                                        .formatted(options.hold().toSeconds(), held)),
                List.of(
                        new Answer.Table(
                                List.of(
                                        " events/s",
                                        " ",
                                        " of",
                                        "p50 ms",
                                        "p99 ms",
                                        "p99.9 ms",
                                        "most ms",
                                        "most lag",
                                        "processor, of one core",
                                        " lag"),
                                rows)));
    }

    /** Whether the rate holds. */
    private boolean play(int perSecond, long nanos, String phase) throws InterruptedException {
        QueryableTimes.takeBooks();
        QueryableTimes.takePrices();
        OperatingSystemMXBean own =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long sentBefore = market.sent();
        long cpu = own.getProcessCpuTime();
        long begun = System.nanoTime();
        CompletableFuture<Void> playing =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                market.play(perSecond, nanos);
                            } catch (IOException e) {
                                throw new IllegalStateException("the socket failed", e);
                            }
                        },
                        task -> Thread.ofPlatform().name("market").start(task));
        LagJudge judge = new LagJudge(perSecond);
        long seenBefore = sentBefore;
        while (System.nanoTime() - begun < nanos && !playing.isCompletedExceptionally()) {
            LockSupport.parkNanos(LOOK_NANOS);
            double seconds = Math.min(nanos, System.nanoTime() - begun) / 1e9;
            judge.lag((long) (seconds * perSecond) - (QueryableTimes.seen() - seenBefore));
        }
        double cores = (own.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
        playing.join();
        await("events", QueryableTimes::seen, market.sent());
        boolean holds = judge.holds();
        row(perSecond, phase, "books", QueryableTimes.takeBooks(), judge, cores, holds);
        row(perSecond, phase, "prices", QueryableTimes.takePrices(), judge, cores, holds);
        return holds;
    }

    private void row(
            int perSecond,
            String phase,
            String of,
            Histogram micros,
            LagJudge judge,
            double cores,
            boolean holds) {
        List<String> row =
                List.of(
                        String.format(Locale.ROOT, "%,d", perSecond),
                        phase,
                        of,
                        millis(micros.getValueAtPercentile(50)),
                        millis(micros.getValueAtPercentile(99)),
                        millis(micros.getValueAtPercentile(99.9)),
                        millis(micros.getMaxValue()),
                        String.format(Locale.ROOT, "%,d", judge.most()),
                        String.format(Locale.ROOT, "%.0f %%", 100 * cores),
                        holds ? "steady" : "grows");
        System.out.println(String.join("  ", row));
        rows.add(row);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f", micros / 1e3);
    }

    private void requireAll() {
        Offsets.requireComplete("dropped", 0, ingestor.counters().get(Count.DROPPED));
        Offsets.requireComplete("books lost", 0, aggregator.counters().of(Flow.BOOKS_LOST));
        Offsets.requireComplete("dead", 0, aggregator.counters().of(Flow.DEPTH_DEAD));
        Offsets.requireComplete(
                "received",
                market.sent(),
                aggregator.counters().of(Flow.DEPTH_APPLIED)
                        + aggregator.counters().of(Flow.TICKERS_ACCEPTED));
    }

    private static void await(String what, LongSupplier value, long wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (value.getAsLong() < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "%s: only %,d of %,d".formatted(what, value.getAsLong(), wanted));
            }
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
