package io.tapeline.benchmarks.market;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.benchmarks.frames.ListedPairs;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The ingestor before a whole market of 2,200 known pairs, of which some 1,500 trade: how long
 * until everything is subscribed, and what it costs to stay so. Exchange, broker and the
 * aggregator, which asks for a snapshot of every book, run in this process, the ingestor in one of
 * its own, whose memory and processor time are told.
 */
public final class WholeMarket {

    private static final int STREAMS_PER_PAIR = 3;
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int HEAP_MEGABYTES = 512;

    /** Three whole minutes of the exchange's clock, by which it counts weight. */
    private static final Duration STEADY = Duration.ofSeconds(190);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private WholeMarket() {}

    /** One figure of one run. */
    public record Figure(String task, String lines, String unit, double value) {}

    /** Runs with one line, then with two. */
    public static List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (List<String> lines : List.of(List.of("a"), List.of("a", "b"))) {
            figures.addAll(run(lines));
        }
        return figures.stream().sorted(Comparator.comparing(Figure::task)).toList();
    }

    private static List<Figure> run(List<String> lines) throws Exception {
        Path dir = Files.createTempDirectory("tapeline-whole-market");
        try (EmbeddedBroker broker =
                        new EmbeddedBroker(BrokerSettings.in(dir.resolve("kafka")), fault -> {});
                SimulatedExchange exchange =
                        SimulatedExchange.start(
                                SimulatorSettings.of(
                                                Source.Synthetic.wholeMarket(EVENTS_PER_SECOND))
                                        .withLedgerBytes(0))) {
            broker.start();
            try (Aggregator aggregator =
                    Aggregator.start(
                            AggregatorSettings.of(broker.bootstrap(), dir.resolve("aggregator")))) {
                System.out.println("aggregator at " + aggregator.address());
                return run(lines, broker.bootstrap(), exchange, dir.resolve("ingestor.log"));
            }
        } finally {
            delete(dir);
        }
    }

    private static List<Figure> run(
            List<String> lines, String bootstrap, SimulatedExchange exchange, Path output)
            throws IOException, InterruptedException {
        long trading = ListedPairs.trading(exchange).size();
        long wanted = trading * STREAMS_PER_PAIR * lines.size();
        String by = lines.size() + (lines.size() == 1 ? " line" : " lines");
        System.out.printf("%s: %d streams of %d trading pairs%n", by, wanted, trading);
        long begun = System.nanoTime();
        try (IngestorUnderTest ingestor =
                IngestorUnderTest.start(
                        bootstrap, "tapeline.", exchange, lines, HEAP_MEGABYTES, output)) {
            double subscribedSeconds = awaitSubscribed(ingestor, wanted, begun, output);
            Duration before = ingestor.processorTime();
            long published = published(ingestor);
            long steadyBegun = System.nanoTime();
            Thread.sleep(STEADY);
            double seconds = (System.nanoTime() - steadyBegun) / 1e9;
            Duration spent = ingestor.processorTime().minus(before);
            return List.of(
                    new Figure("start to all subscribed", by, "s", subscribedSeconds),
                    new Figure("resident memory", by, "MiB", ingestor.residentKilobytes() / 1024.0),
                    new Figure(
                            "events published",
                            by,
                            "/s",
                            (published(ingestor) - published) / seconds),
                    new Figure(
                            "processor, of one core",
                            by,
                            "%",
                            100 * spent.toNanos() / 1e9 / seconds),
                    new Figure(
                            "most weight in a minute",
                            by,
                            "of 6000",
                            exchange.judge().verdict().mostWeightInAMinute()),
                    new Figure(
                            "breaches of the exchange's limits",
                            by,
                            "",
                            exchange.judge().breaches().size()));
        }
    }

    private static double awaitSubscribed(
            IngestorUnderTest ingestor, long wanted, long begun, Path output)
            throws IOException, InterruptedException {
        int last = -1;
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            int subscribed = ingestor.subscribed();
            if (subscribed != last) {
                System.out.printf(
                        Locale.ROOT,
                        "  %5.1f s: %d subscribed%n",
                        (System.nanoTime() - begun) / 1e9,
                        subscribed);
                last = subscribed;
            }
            if (subscribed >= wanted) {
                return (System.nanoTime() - begun) / 1e9;
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException(
                "only %d of %d streams were subscribed within %s; the ingestor's last words: %s"
                        .formatted(
                                last,
                                wanted,
                                PATIENCE,
                                Files.readString(output).lines().toList().reversed().stream()
                                        .limit(5)
                                        .toList()));
    }

    private static long published(IngestorUnderTest ingestor)
            throws IOException, InterruptedException {
        return ingestor.status()
                .map(status -> status.getCountersOrDefault("published", 0))
                .orElseThrow(() -> new IOException("the ingestor does not answer"));
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
