package io.tapeline.benchmarks;

import io.tapeline.benchmarks.api.ApiBenchmark;
import io.tapeline.benchmarks.bookstore.BookStoreBenchmark;
import io.tapeline.benchmarks.decimals.DecimalBenchmark;
import io.tapeline.benchmarks.decimals.LevelMemory;
import io.tapeline.benchmarks.decoding.DecodeBenchmark;
import io.tapeline.benchmarks.decoding.WireBenchmark;
import io.tapeline.benchmarks.drain.DrainBenchmark;
import io.tapeline.benchmarks.history.HistoryBenchmark;
import io.tapeline.benchmarks.ingest.IngestBenchmark;
import io.tapeline.benchmarks.latency.LatencyBenchmark;
import io.tapeline.benchmarks.live.LiveBenchmark;
import io.tapeline.benchmarks.market.WholeMarket;
import io.tapeline.benchmarks.peers.PeersBenchmark;
import io.tapeline.benchmarks.stages.StageBenchmark;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./tapeline bench [NAME] [--short] [--synthetic] [--hold SECONDS]}: lists the benchmarks,
 * runs all or the one that is named.
 */
public final class Bench {

    private static final String PROCESSOR_TIMES =
            "Times are processor times; the machine does other things too: the ratios count.";

    private static final List<Suite> SUITES =
            List.of(
                    jmh(
                            "decoding",
                            "What does one payload of the exchange cost to decode, and beside JSON"
                                    + " libraries?",
                            3,
                            DecodeBenchmark.class),
                    jmh(
                            "wire",
                            "What does a record of the clean topics cost to encode and to decode?",
                            3,
                            WireBenchmark.class),
                    jmh(
                            "stages",
                            "What does each stage of the aggregator cost, for one diff and for one"
                                    + " question?",
                            2,
                            StageBenchmark.class,
                            StageBenchmark.NOTE),
                    new Suite(
                            "ingest",
                            "How fast do frames of a WebSocket get into raw.depth, and the same"
                                    + " payloads by the producer alone?",
                            IngestBenchmark::run),
                    new Suite(
                            "drain",
                            "How fast does a backlog of raw depth go through the aggregator, and"
                                    + " through a topology that only passes it on?",
                            DrainBenchmark::run),
                    new Suite(
                            "latency",
                            "How long does an event of a whole market take from the exchange's"
                                    + " socket to the store that answers, all in one process?",
                            LatencyBenchmark::run),
                    new Suite(
                            "live",
                            "How long does a change take from the store that answers to a thousand"
                                    + " subscribers, and what do idle ones cost?",
                            LiveBenchmark::run),
                    new Suite(
                            "peers",
                            "How many book updates does a second of processor time give, and with"
                                    + " ccxt, tardis-dev and XChange?",
                            options -> PeersBenchmark.run(options, module())),
                    new Suite(
                            "history",
                            "How fast are candles written into the history and read from it, beside"
                                    + " the engine's own time?",
                            HistoryBenchmark::run),
                    new Suite(
                            "api",
                            "How many questions a second does the query API answer, beside its own"
                                    + " trivial endpoint, and how soon?",
                            ApiBenchmark::run),
                    new Suite(
                            "book-store",
                            "What does it cost to keep books so that they outlive a crash, and in"
                                    + " which other ways?",
                            BookStoreBenchmark::run),
                    jmh(
                            "decimals",
                            "What does a value cost to parse, compare and sum, as longs, Decimal,"
                                    + " BigDecimal and text?",
                            3,
                            DecimalBenchmark.class),
                    new Suite(
                            "level-memory",
                            "How much heap does a level take, price and quantity together?",
                            options -> levelMemory()),
                    new Suite(
                            "whole-market",
                            "What does it take to follow a whole market of 2,200 pairs, with one"
                                    + " line and with two?",
                            options -> wholeMarket()));

    private Bench() {}

    public static void main(String[] args) throws Exception {
        System.out.println("Benchmarks:");
        SUITES.forEach(suite -> System.out.printf("  %-14s %s%n", suite.name(), suite.question()));
        Options options;
        try {
            options = Options.of(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        List<Suite> chosen =
                SUITES.stream()
                        .filter(suite ->
                                options.name().isEmpty() || suite.name().equals(options.name()))
                        .toList();
        if (chosen.isEmpty()) {
            System.err.println("bench: there is none of the name " + options.name());
            System.exit(2);
        }
        for (Suite suite : chosen) {
            String report =
                    Report.of(suite, LocalDate.now(Clock.systemUTC()), suite.run().with(options));
            System.out.printf("%n%s%n", report);
            if (options.brief()) {
                System.out.println("Not kept: a short run says nothing.");
            } else {
                Path results = Files.createDirectories(module().resolve("results"));
                Path file = Files.writeString(results.resolve(suite.name() + ".md"), report);
                System.out.println("Written to " + file);
            }
        }
    }

    private static Suite jmh(
            String name, String question, int forks, Class<?> type, String... notes) {
        return new Suite(
                name,
                question,
                options -> {
                    List<String> all = new ArrayList<>(List.of(PROCESSOR_TIMES));
                    all.addAll(List.of(notes));
                    return new Answer(
                            all, List.of(Answer.compared(Jmh.run(type, forks, options.brief()))));
                });
    }

    private static Answer levelMemory() {
        List<Answer.Row> rows =
                LevelMemory.bytesPerLevel().entrySet().stream()
                        .map(form ->
                                Answer.Row.of("a level", form.getKey(), "bytes", form.getValue()))
                        .toList();
        return new Answer(List.of(), List.of(Answer.compared(rows)));
    }

    private static Answer wholeMarket() throws Exception {
        List<Answer.Row> rows =
                WholeMarket.run().stream()
                        .map(figure ->
                                Answer.Row.of(
                                        figure.task(),
                                        figure.lines(),
                                        figure.unit(),
                                        figure.value()))
                        .toList();
        return new Answer(List.of(PROCESSOR_TIMES), List.of(Answer.compared(rows)));
    }

    /** The module's folder, wherever it is run from. */
    private static Path module() throws URISyntaxException {
        Path code =
                Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path target = code.toAbsolutePath().getParent();
        Path module = target == null ? null : target.getParent();
        return module == null ? Path.of("").toAbsolutePath() : module;
    }
}
