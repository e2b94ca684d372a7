package io.tapeline.capture.files;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a capture stands: what of its files counts, and from where it goes on. Text, one fact a
 * line.
 *
 * @param selection what is captured, in words; another capture must not go on in these files
 * @param sequence the number of the last file begun, from 1; 0 before the first
 * @param named the time in that file's name, nanoseconds since the epoch
 * @param part that file's name when finished; null before the first
 * @param partBytes how many of its bytes count; what follows was not yet agreed upon
 * @param partLines how many lines these hold
 * @param partFirst the receive time of its first line, nanoseconds since the epoch
 * @param offsets by {@code topic/partition}, the offset of the next record to be read
 */
record Checkpoint(
        String selection,
        long sequence,
        long named,
        @Nullable String part,
        long partBytes,
        long partLines,
        long partFirst,
        TapeTotals totals,
        Map<String, Long> offsets) {

    private static final String VERSION = "tapeline-capture 1";

    Checkpoint {
        offsets = Map.copyOf(offsets);
    }

    String text() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add(VERSION);
        lines.add("selection " + selection);
        lines.add("sequence " + sequence);
        lines.add("named " + named);
        if (part != null) {
            lines.add("part " + part);
        }
        lines.add("part-bytes " + partBytes);
        lines.add("part-lines " + partLines);
        lines.add("part-first " + partFirst);
        lines.add("lines " + totals.lines());
        lines.add("text-bytes " + totals.textBytes());
        lines.add("finished-files " + totals.files());
        lines.add("finished-bytes " + totals.fileBytes());
        new TreeMap<>(offsets).forEach((partition, at) -> lines.add("@" + partition + " " + at));
        // Without the last line the rest was cut off.
        lines.add("end");
        return lines.toString();
    }

    /**
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Checkpoint parse(String text) {
        Map<String, String> facts = new TreeMap<>();
        text.lines()
                .forEach(line -> {
                    int blank = line.indexOf(' ');
                    facts.put(
                            blank < 0 ? line : line.substring(0, blank),
                            blank < 0 ? "" : line.substring(blank + 1));
                });
        if (!text.startsWith(VERSION + "\n") || !facts.containsKey("end")) {
            throw new IllegalArgumentException(
                    "is not of the kind \"" + VERSION + "\", or cut off");
        }
        Map<String, Long> offsets = new TreeMap<>();
        facts.forEach((name, value) -> {
            if (name.startsWith("@")) {
                offsets.put(name.substring(1), Long.parseLong(value));
            }
        });
        return new Checkpoint(
                facts.getOrDefault("selection", ""),
                number(facts, "sequence"),
                number(facts, "named"),
                facts.get("part"),
                number(facts, "part-bytes"),
                number(facts, "part-lines"),
                number(facts, "part-first"),
                new TapeTotals(
                        number(facts, "lines"),
                        number(facts, "text-bytes"),
                        number(facts, "finished-files"),
                        number(facts, "finished-bytes")),
                offsets);
    }

    private static long number(Map<String, String> facts, String name) {
        String value = facts.get(name);
        if (value == null || !value.matches("\\d{1,19}")) {
            throw new IllegalArgumentException("has no number " + name);
        }
        return Long.parseLong(value);
    }
}
