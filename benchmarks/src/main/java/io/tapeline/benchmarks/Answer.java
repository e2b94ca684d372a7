package io.tapeline.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a suite found out.
 *
 * @param notes under which conditions, one sentence each: data, seeds, what was measured how
 */
public record Answer(List<String> notes, List<Table> tables) {

    /** What rounds to nothing is not compared with. */
    private static final double NOTHING = 0.005;

    public Answer {
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
    }

    /**
     * A figure.
     *
     * @param task what is done; rows of the same task are compared with its first
     * @param by by which means
     * @param value the median of the iterations or rounds
     * @param low their first quartile, or the least
     * @param high their third, or the most
     */
    public record Row(String task, String by, String unit, double value, double low, double high) {

        /** A figure that was taken once. */
        public static Row of(String task, String by, String unit, double value) {
            return new Row(task, by, unit, value, value, value);
        }

        /**
         * The median of some rounds, between the least and the most.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Row ofRounds(String task, String by, String unit, double... rounds) {
            if (rounds.length == 0) {
                throw new IllegalArgumentException("row: " + task + " of " + by + " has no rounds");
            }
            double[] sorted = rounds.clone();
            Arrays.sort(sorted);
            double upper = sorted[sorted.length / 2];
            double lower = sorted[(sorted.length - 1) / 2];
            return new Row(
                    task, by, unit, (lower + upper) / 2, sorted[0], sorted[sorted.length - 1]);
        }
    }

    /**
     * @param columns their headings; a heading that begins with a space aligns to the left
     */
    public record Table(List<String> columns, List<List<String>> rows) {

        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "table: row " + row + " has not the columns " + columns);
                }
            }
        }
    }

    /** The usual table: each task's first row is what its others are compared with. */
    public static Table compared(List<Row> figures) {
        return compared("quartiles", figures);
    }

    /**
     * @param spread what low and high are
     */
    public static Table compared(String spread, List<Row> figures) {
        Map<String, Double> first = new HashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (Row row : figures) {
            double base = first.computeIfAbsent(row.task(), task -> row.value());
            rows.add(
                    List.of(
                            row.task(),
                            row.by(),
                            (number(row.value()) + " " + row.unit()).strip(),
                            row.low() == row.high()
                                    ? ""
                                    : number(row.low()) + " to " + number(row.high()),
                            base < NOTHING || base == row.value()
                                    ? ""
                                    : String.format(Locale.ROOT, "%.2f", row.value() / base)));
        }
        return new Table(List.of(" ", " ", "median", spread, "against the first"), rows);
    }

    public static String number(double value) {
        if (value < NOTHING) {
            return "0";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }
}
