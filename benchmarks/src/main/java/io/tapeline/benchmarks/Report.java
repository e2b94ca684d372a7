package io.tapeline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A suite's answer as a Markdown table, with the machine, the day and the JVM. */
final class Report {

    /** What rounds to nothing is not compared with. */
    private static final double NOTHING = 0.005;

    private Report() {}

    static String of(Suite suite, LocalDate day, List<Suite.Row> rows) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(suite.name()).append('\n').append('\n');
        out.append(suite.question()).append('\n').append('\n');
        out.append(day).append(", ").append(machine()).append(".\n");
        out.append(
                "Times are processor times; the machine does other things too: the ratios"
                        + " count.\n\n");
        out.append("| | | median | quartiles | against the first |\n|---|---|---:|---:|---:|\n");
        Map<String, Double> first = new HashMap<>();
        for (Suite.Row row : rows) {
            double base = first.computeIfAbsent(row.task(), task -> row.value());
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %s %s | %s | %s |%n",
                            row.task(),
                            row.by(),
                            number(row.value()),
                            row.unit(),
                            row.low() == row.high()
                                    ? ""
                                    : number(row.low()) + " to " + number(row.high()),
                            base < NOTHING || base == row.value()
                                    ? ""
                                    : String.format(Locale.ROOT, "%.2f", row.value() / base)));
        }
        return out.toString();
    }

    private static String number(double value) {
        if (value < NOTHING) {
            return "0";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors()
                + " processors ("
                + processor()
                + "), "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", "
                + System.getProperty("java.vm.name")
                + " "
                + System.getProperty("java.vm.version");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // only Linux tells it there
        }
    }
}
