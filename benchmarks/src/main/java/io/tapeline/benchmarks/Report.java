package io.tapeline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** A suite's answer as a Markdown table, with the machine, the day and the JVM. */
final class Report {

    private Report() {}

    static String of(Suite suite, LocalDate day, Answer answer) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(suite.name()).append('\n').append('\n');
        out.append(suite.question()).append('\n').append('\n');
        out.append(day).append(", ").append(machine()).append(".\n");
        answer.notes().forEach(note -> out.append(note).append('\n'));
        for (Answer.Table table : answer.tables()) {
            out.append('\n');
            append(out, table);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Answer.Table table) {
        line(out, table.columns().stream().map(String::strip).toList());
        table.columns().forEach(column -> out.append(column.startsWith(" ") ? "|---" : "|---:"));
        out.append("|\n");
        table.rows().forEach(row -> line(out, row));
    }

    private static void line(StringBuilder out, List<String> cells) {
        cells.forEach(cell -> out.append("| ").append(cell).append(cell.isEmpty() ? "" : " "));
        out.append("|\n");
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
