package io.tapeline.benchmarks.peers;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.benchmarks.broker.Backlog;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.frames.QuietIngestor;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Tapeline in one process: ingestor, Kafka and aggregator. */
final class OwnBooks {

    private static final String PREFIX = "peers.";
    private static final int PARTITIONS = 6;
    private static final long READY_NANOS = 60_000_000_000L;
    private static final long POLL_NANOS = 2_000_000;

    private OwnBooks() {}

    /** {@code java ... OwnBooks REST_URL WS_URL SYMBOL,SYMBOL... UPDATES}. */
    public static void main(String[] words) throws Exception {
        PeerArguments told = PeerArguments.of(words);
        Path directory = Files.createTempDirectory("tapeline-peers-");
        try {
            follow(told, directory);
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    private static void follow(PeerArguments told, Path directory) throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")))) {
            broker.start();
            try (Aggregator aggregator =
                            Aggregator.start(
                                    AggregatorSettings.of(
                                                    broker.bootstrap(),
                                                    directory.resolve("aggregator"))
                                            .withTopics(PREFIX, PARTITIONS));
                    Ingestor ingestor =
                            Ingestor.start(
                                    QuietIngestor.settings(
                                            broker.bootstrap(),
                                            PREFIX,
                                            PARTITIONS,
                                            told.restUrl(),
                                            told.wsUrl(),
                                            told.symbols(),
                                            List.of("depth@100ms"),
                                            ExchangeTimeUnit.MILLISECONDS),
                                    Clock.systemUTC())) {
                seed(told, broker.bootstrap());
                await(aggregator, told.symbols().size());
                Measured.follow(told.updates(), () -> aggregator.counters().of(Flow.DEPTH_APPLIED));
                Offsets.requireComplete("dropped", 0, ingestor.counters().get(Count.DROPPED));
            }
        }
    }

    /** The snapshots lie in Kafka before the first diff comes. */
    private static void seed(PeerArguments told, String bootstrap)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String symbol = told.symbols().getFirst();
            // The diffs come over the socket: of this tape the snapshot alone is written.
            DepthTape tape =
                    new DepthTape(
                            "served", symbol, told.snapshot(http, symbol), List.of("no diff"));
            new Backlog(new Topics(PREFIX), PARTITIONS, told.symbols()).snapshots(bootstrap, tape);
        }
    }

    private static void await(Aggregator aggregator, int snapshots) {
        long deadline = System.nanoTime() + READY_NANOS;
        long used = 0;
        while (used < snapshots) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "only %d of %d snapshots were used".formatted(used, snapshots));
            }
            LockSupport.parkNanos(POLL_NANOS);
            used = aggregator.counters().of(Flow.SNAPSHOTS_USED);
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
