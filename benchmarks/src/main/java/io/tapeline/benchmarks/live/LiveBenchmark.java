package io.tapeline.benchmarks.live;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.query.QueryApi;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Broker, aggregator and query API in this process, and with them a thousand subscribers of one
 * busy pair over WebSocket. An event's latency is from when it is in the store that answers to when
 * a subscriber has read all of it; every subscriber's reading counts.
 */
public final class LiveBenchmark {

    static final Topics TOPICS = new Topics("live.");

    private static final int PARTITIONS = 6;
    private static final int SUBSCRIBERS = 1_000;
    private static final int IDLE = 5_000;
    private static final int PER_SECOND = 10;
    private static final long SECOND = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"types\":[\"%s\"],\"instruments\":[\"%s\"]}";

    private final Options options;
    private final QueryApi api;
    private final BusyPair pair;
    private final List<List<String>> latencies = new ArrayList<>();
    private final List<List<String>> idle = new ArrayList<>();

    private LiveBenchmark(Options options, QueryApi api, BusyPair pair) {
        this.options = options;
        this.api = api;
        this.pair = pair;
    }

    public static Answer run(Options options) throws Exception {
        Path directory = Files.createTempDirectory("tapeline-live-");
        try (EmbeddedBroker broker =
                new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")))) {
            broker.start();
            try (Aggregator aggregator =
                            Aggregator.start(
                                    AggregatorSettings.of(
                                                    broker.bootstrap(),
                                                    directory.resolve("aggregator"))
                                            .withTopics("live.", PARTITIONS)
                                            .withKafka(
                                                    Map.of(
                                                            "producer.interceptor.classes",
                                                            AcceptedTimes.class.getName())));
                    QueryApi api =
                            QueryApi.start(
                                    "--tapeline.http-port=0",
                                    "--tapeline.data-dir=" + directory.resolve("query"),
                                    "--tapeline.kafka.bootstrap=" + broker.bootstrap(),
                                    "--tapeline.kafka.topic-prefix=live.",
                                    "--tapeline.kafka.partitions=" + PARTITIONS,
                                    "--tapeline.clickhouse.url=",
                                    "--tapeline.aggregator.urls=" + aggregator.address());
                    BusyPair pair = new BusyPair(broker.bootstrap())) {
                pair.snapshot();
                pair.ticker();
                await("the book", () -> aggregator.counters().of(Flow.SNAPSHOTS_USED), 1);
                await("the price", () -> aggregator.counters().of(Flow.PRICES_ACCEPTED), 1);
                return new LiveBenchmark(options, api, pair).run();
            }
        } finally {
            delete(directory);
        }
    }

    private Answer run() throws Exception {
        measure("depth", "\"updateId\":", pair::diff);
        measure("price", "\"price\":\"", pair::ticker);
        idle();
        return new Answer(
                List.of(
                        "Broker, aggregator (exactly-once, one stream thread, commits every 100"
                                + " ms), query API and the subscribers, whom one thread reads, in"
                                + " one process, all settings their defaults. One pair with a book"
                                + " of 1,000 levels a side; a diff has 20 levels a side, some 2 KB"
                                + " as a message (seed "
                                + BusyPair.SEED
                                + "); "
                                + PER_SECOND
                                + " events a second.",
                        "Latency is from when the stream thread, having changed the store, hands"
                                + " the clean record to its producer, to when a subscriber has read"
                                + " the whole message; each reading of each subscriber counts."
                                + " What the subscribers themselves cost is in it.",
                        "An idle subscriber is a WebSocket subscribed to a pair that is quiet;"
                                + " heap is after a collection, both ends of the connection"
                                + " together; processor time is of the whole process, broker"
                                + " included."),
                List.of(
                        new Answer.Table(
                                List.of(
                                        " type",
                                        "subscribers",
                                        "messages",
                                        "p50 ms",
                                        "p99 ms",
                                        "p99.9 ms",
                                        "most ms",
                                        "processor"),
                                latencies),
                        new Answer.Table(
                                List.of("idle subscribers", "heap each", "processor"), idle)));
    }

    private void measure(String type, String marker, Runnable event) throws Exception {
        try (SocketClients clients = new SocketClients(api.port(), marker)) {
            clients.open(SUBSCRIBERS, SUBSCRIBE.formatted(type, BusyPair.PAIR.id()));
            clients.start();
            // An answer, and what is known.
            await("subscribed", clients::messages, 2L * SUBSCRIBERS);
            long told = clients.heard();
            long warmUp = (options.brief() ? 3 : 40) * PER_SECOND;
            play(warmUp, event);
            await("warm-up", clients::heard, told + warmUp * SUBSCRIBERS);
            var _ = clients.takeLatency();
            long before = clients.heard();
            OperatingSystemMXBean own =
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = own.getProcessCpuTime();
            long begun = System.nanoTime();
            long events = (options.brief() ? 5 : 60) * PER_SECOND;
            play(events, event);
            await("all messages", clients::heard, before + events * SUBSCRIBERS);
            double cores = (own.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
            if (clients.closed() > 0) {
                throw new IllegalStateException(clients.closed() + " connections were ended");
            }
            row(type, clients.takeLatency(), cores);
        }
    }

    /** At even times. */
    private static void play(long events, Runnable event) {
        long begun = System.nanoTime();
        for (long i = 0; i < events; i++) {
            event.run();
            long due = begun + (i + 1) * SECOND / PER_SECOND;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private void row(String type, Histogram nanos, double cores) {
        List<String> row =
                List.of(
                        type,
                        number(SUBSCRIBERS),
                        number(nanos.getTotalCount()),
                        millis(nanos.getValueAtPercentile(50)),
                        millis(nanos.getValueAtPercentile(99)),
                        millis(nanos.getValueAtPercentile(99.9)),
                        millis(nanos.getMaxValue()),
                        String.format(Locale.ROOT, "%.0f %%", 100 * cores));
        System.out.println(String.join("  ", row));
        latencies.add(row);
    }

    private void idle() throws Exception {
        OperatingSystemMXBean own =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long base = heap();
        for (int count : List.of(0, IDLE)) {
            try (SocketClients clients = new SocketClients(api.port(), "none")) {
                clients.open(count, SUBSCRIBE.formatted("price", BusyPair.PAIR.id()));
                clients.start();
                await("subscribed", clients::messages, 2L * count);
                long heap = heap();
                long seconds = options.brief() ? 3 : 30;
                long cpu = own.getProcessCpuTime();
                long begun = System.nanoTime();
                LockSupport.parkNanos(seconds * SECOND);
                double cores =
                        (own.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
                List<String> row =
                        List.of(
                                number(count),
                                count == 0 ? "" : number((heap - base) / count / 1_024) + " KiB",
                                String.format(Locale.ROOT, "%.1f %%", 100 * cores));
                System.out.println(String.join("  ", row));
                idle.add(row);
            }
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }

    private static void await(String what, LongSupplier value, long wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
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
