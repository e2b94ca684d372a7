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
 * a subscriber has read all of it; every subscriber's reading counts. Beside it stands what the
 * machine itself takes to get as many bytes to as many sockets.
 */
public final class LiveBenchmark {

    static final Topics TOPICS = new Topics("live.");

    private static final int PARTITIONS = 6;
    private static final int SUBSCRIBERS = 1_000;
    private static final int IDLE = 5_000;
    private static final int PER_SECOND = 10;
    private static final int WARM_UP_SECONDS = 15;
    private static final int SECONDS = 30;
    private static final int IDLE_SECONDS = 10;

    /** About what a diff has as a message. */
    private static final int BARE_BYTES = 2_100;

    private static final String UPDATE_ID = "\"updateId\":";
    private static final long SECOND = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"types\":[\"%s\"],\"instruments\":[\"%s\"]}";

    private final Options options;
    private final QueryApi api;
    private final BusyPair pair;
    private final List<Latencies> latencies = new ArrayList<>();
    private final List<List<String>> idle = new ArrayList<>();

    /**
     * Of a source's messages.
     *
     * @param p99Nanos once more, to be compared
     */
    private record Latencies(List<String> row, long p99Nanos) {

        List<String> beside(long bareNanos) {
            List<String> whole = new ArrayList<>(row);
            whole.add(String.format(Locale.ROOT, "%.1f", (double) p99Nanos / bareNanos));
            return List.copyOf(whole);
        }
    }

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
        Source depth = new Source("depth", api.port(), UPDATE_ID, pair::diff, pair::number);
        Source price = new Source("price", api.port(), "\"price\":\"", pair::ticker, pair::number);
        measure(depth);
        long bareNanos;
        try (BareFanOut bare = new BareFanOut(BARE_BYTES)) {
            measure(new Source("bare sockets", bare.port(), UPDATE_ID, bare::tell, bare::number));
            bareNanos = latencies.getLast().p99Nanos();
        }
        measure(price);
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
                                + " What the subscribers themselves cost is in it. Beside it is the"
                                + " latency from when the raw record was handed to its producer.",
                        "Bare sockets: %,d bytes to as many sockets, by as many threads as there are"
                                        .formatted(BARE_BYTES)
                                + " processors and with nothing else to do, read by the same"
                                + " subscribers.",
                        "Passed over are events that a subscriber was not told because a newer one"
                                + " stood for them, each counted for each; every subscriber heard"
                                + " the last one.",
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
                                        "p99 ms from raw",
                                        "passed over",
                                        "processor",
                                        "p99 against bare"),
                                latencies.stream().map(each -> each.beside(bareNanos)).toList()),
                        new Answer.Table(
                                List.of("idle subscribers", "heap each", "processor"), idle)));
    }

    /**
     * Who tells what to the subscribers.
     *
     * @param event plays the next one
     * @param newest its number
     */
    private record Source(
            String name, int port, String marker, Runnable event, LongSupplier newest) {}

    private void measure(Source source) throws Exception {
        System.out.printf("%s: %,d subscribers%n", source.name(), SUBSCRIBERS);
        try (SocketClients clients = new SocketClients(source.port(), source.marker())) {
            clients.open(SUBSCRIBERS, SUBSCRIBE.formatted(source.name(), BusyPair.PAIR.id()));
            clients.start();
            // An answer, and what is known.
            await("subscribed", clients::messages, 2L * SUBSCRIBERS);
            clients.countAfter(source.newest().getAsLong());
            long warmUp = (options.brief() ? 3 : WARM_UP_SECONDS) * PER_SECOND;
            play(warmUp, source.event());
            long told = warmUp * SUBSCRIBERS;
            await("warm-up", () -> clients.heard() + clients.passedOver(), told);
            var _ = clients.takeLatency();
            var _ = clients.takeWhole();
            long passedOver = clients.passedOver();
            OperatingSystemMXBean own =
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = own.getProcessCpuTime();
            long begun = System.nanoTime();
            long events = (options.brief() ? 5 : SECONDS) * PER_SECOND;
            play(events, source.event());
            await(
                    "all messages",
                    () -> clients.heard() + clients.passedOver(),
                    told + events * SUBSCRIBERS);
            double cores = (own.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
            if (clients.closed() + clients.again() > 0) {
                throw new IllegalStateException(
                        "%,d connections were ended, %,d events were told again"
                                .formatted(clients.closed(), clients.again()));
            }
            row(
                    source.name(),
                    clients.takeLatency(),
                    clients.takeWhole(),
                    clients.passedOver() - passedOver,
                    cores);
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

    private void row(String type, Histogram nanos, Histogram whole, long passedOver, double cores) {
        List<String> row =
                List.of(
                        type,
                        number(SUBSCRIBERS),
                        number(nanos.getTotalCount()),
                        millis(nanos.getValueAtPercentile(50)),
                        millis(nanos.getValueAtPercentile(99)),
                        millis(nanos.getValueAtPercentile(99.9)),
                        millis(nanos.getMaxValue()),
                        millis(whole.getValueAtPercentile(99)),
                        number(passedOver),
                        String.format(Locale.ROOT, "%.0f %%", 100 * cores));
        System.out.println(String.join("  ", row));
        latencies.add(new Latencies(row, nanos.getValueAtPercentile(99)));
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
                long seconds = options.brief() ? 3 : IDLE_SECONDS;
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
