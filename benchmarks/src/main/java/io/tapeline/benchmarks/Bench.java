package io.tapeline.benchmarks;

import io.tapeline.benchmarks.decimals.DecimalBenchmark;
import io.tapeline.benchmarks.decimals.LevelMemory;
import io.tapeline.benchmarks.decoding.DecodeBenchmark;
import io.tapeline.benchmarks.decoding.WireBenchmark;
import io.tapeline.benchmarks.market.WholeMarket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** {@code ./tapeline bench [NAME]}: lists the benchmarks, runs all or the one that is named. */
public final class Bench {

    private static final List<Suite> SUITES =
            List.of(
                    new Suite(
                            "decoding",
                            "What does one payload of the exchange cost to decode, and beside JSON"
                                    + " libraries?",
                            () -> Jmh.run(DecodeBenchmark.class)),
                    new Suite(
                            "wire",
                            "What does a record of the clean topics cost to encode and to decode?",
                            () -> Jmh.run(WireBenchmark.class)),
                    new Suite(
                            "decimals",
                            "What does a value cost to parse, compare and sum, as longs, Decimal,"
                                    + " BigDecimal and text?",
                            () -> Jmh.run(DecimalBenchmark.class)),
                    new Suite(
                            "level-memory",
                            "How much heap does a level take, price and quantity together?",
                            Bench::levelMemory),
                    new Suite(
                            "whole-market",
                            "What does it take to follow a whole market of 2,200 pairs, with one"
                                    + " line and with two?",
                            Bench::wholeMarket));

    private Bench() {}

    public static void main(String[] args) throws Exception {
        System.out.println("Benchmarks:");
        SUITES.forEach(suite -> System.out.printf("  %-14s %s%n", suite.name(), suite.question()));
        String wanted = args.length == 0 ? "" : args[0];
        List<Suite> chosen =
                SUITES.stream()
                        .filter(suite -> wanted.isEmpty() || suite.name().equals(wanted))
                        .toList();
        if (chosen.isEmpty()) {
            System.err.println("bench: there is none of the name " + wanted);
            System.exit(2);
        }
        Path results = Files.createDirectories(results());
        for (Suite suite : chosen) {
            String report = Report.of(suite, LocalDate.now(Clock.systemUTC()), suite.run().call());
            Path file = Files.writeString(results.resolve(suite.name() + ".md"), report);
            System.out.printf("%n%s%nWritten to %s%n", report, file);
        }
    }

    private static List<Suite.Row> levelMemory() {
        return LevelMemory.bytesPerLevel().entrySet().stream()
                .map(form -> {
                    long bytes = form.getValue();
                    return new Suite.Row("a level", form.getKey(), "bytes", bytes, bytes, bytes);
                })
                .toList();
    }

    private static List<Suite.Row> wholeMarket() throws Exception {
        return WholeMarket.run().stream()
                .map(figure ->
                        new Suite.Row(
                                figure.task(),
                                figure.lines(),
                                figure.unit(),
                                figure.value(),
                                figure.value(),
                                figure.value()))
                .toList();
    }

    /** The module's folder {@code results}, wherever it is run from. */
    private static Path results() throws URISyntaxException {
        Path code =
                Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path target = code.toAbsolutePath().getParent();
        Path module = target == null ? null : target.getParent();
        return module == null ? Path.of("results") : module.resolve("results");
    }
}
