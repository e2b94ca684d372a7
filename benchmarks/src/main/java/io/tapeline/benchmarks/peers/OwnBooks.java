package io.tapeline.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Tapeline in this process: its time is the process's without the thread that plays the tape. */
final class OwnBooks {

    private static final String PREFIX = "peers.";
    private static final int PARTITIONS = 6;
    private static final long WINDOW = 10_000;
    private static final long POLL_NANOS = 2_000_000;
    private static final long PATIENCE_NANOS = 180_000_000_000L;

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
                await(() -> aggregator.counters().of(Flow.SNAPSHOTS_USED), symbols.size());
                await(server::subscribed, symbols.size());
                return follow(
                        new TapePlayer(tape, symbols),
                        server,
                        () -> aggregator.counters().of(Flow.DEPTH_APPLIED),
                        ingestor);
            }
        } finally {
            delete(directory);
        }
    }

    private static PeerResult follow(
            TapePlayer player, FrameServer server, LongSupplier applied, Ingestor ingestor)
            throws InterruptedException {
        CompletableFuture<Void> played = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("tape")
                        .start(() -> {
                            try {
                                player.play(server, applied, WINDOW);
                                played.complete(null);
                            } catch (IOException | RuntimeException e) {
                                played.completeExceptionally(e);
                            }
                            // Its processor time can be asked for as long as it lives.
                            LockSupport.park();
                        });
        try {
            long half = await(applied, player.events() / 2);
            long begunNanos = System.nanoTime();
            long begunCpu = cpuNanos(thread);
            long total = await(applied, player.events());
            long cpu = cpuNanos(thread) - begunCpu;
            long wall = System.nanoTime() - begunNanos;
            played.join();
            Offsets.requireComplete("applied", player.events(), total);
            Offsets.requireComplete("dropped", 0, ingestor.counters().get(Count.DROPPED));
            return new PeerResult(total - half, cpu / 1_000, wall / 1_000);
        } finally {
            LockSupport.unpark(thread);
        }
    }

    private static long cpuNanos(Thread player) {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime()
                - ManagementFactory.getThreadMXBean().getThreadCpuTime(player.threadId());
    }

    private static long await(LongSupplier value, long wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long now = value.getAsLong();
        while (now < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only %,d of %,d".formatted(now, wanted));
            }
            LockSupport.parkNanos(POLL_NANOS);
            now = value.getAsLong();
        }
        return now;
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
