package io.tapeline.benchmarks.peers;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.benchmarks.broker.Backlog;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.frames.QuietIngestor;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tapeline in this process: ingestor, Kafka and aggregator. */
final class OwnBooks {

    private static final String PREFIX = "peers.";
    private static final int PARTITIONS = 6;

    private OwnBooks() {}

    static PeerResult follow(DepthTape tape, List<String> symbols) throws Exception {
        Path directory = Files.createTempDirectory("tapeline-peers-");
        Topics topics = new Topics(PREFIX);
        try (EmbeddedBroker broker =
                        new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")));
                FrameServer server = new FrameServer();
                PeerRest rest = new PeerRest(tape, symbols)) {
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
                                            rest.url(),
                                            server.url(),
                                            symbols,
                                            List.of("depth@100ms"),
                                            ExchangeTimeUnit.MILLISECONDS),
                                    Clock.systemUTC())) {
                new Backlog(topics, PARTITIONS, symbols).snapshots(broker.bootstrap(), tape);
                Measured.await(() -> aggregator.counters().of(Flow.SNAPSHOTS_USED), symbols.size());
                PeerResult result =
                        Measured.follow(
                                new TapePlayer(tape, symbols),
                                server,
                                () -> aggregator.counters().of(Flow.DEPTH_APPLIED));
                Offsets.requireComplete("dropped", 0, ingestor.counters().get(Count.DROPPED));
                return result;
            }
        } finally {
            delete(directory);
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
