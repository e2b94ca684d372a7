package io.tapeline.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run is told.
 *
 * @param lasts no round begins later than so long after everything flows
 * @param faults nor once there were so many
 * @param seed of the market and of the faults
 * @param directory for what the processes keep and print, and the report
 */
public record ChaosOptions(Duration lasts, int faults, long seed, Path directory) {

    static final String USAGE =
            """
            Usage: tapeline chaos [--for 30m] [--faults N] [--seed N] [--directory DIR]

              --for TIME        how long faults go on: 90s, 30m, 2h; 30m unless told
              --faults N        at most so many
              --seed N          of the market and the faults; another each time unless told
              --directory DIR   for logs, data and report.md; ./chaos-SEED unless told
            """;

    private static final Duration USUAL = Duration.ofMinutes(30);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");

    public ChaosOptions {
        if (lasts.isNegative() || lasts.isZero()) {
            throw new IllegalArgumentException("chaos: --for must be positive, was " + lasts);
        }
        if (faults < 1) {
            throw new IllegalArgumentException("chaos: --faults must be positive, was " + faults);
        }
    }

    /**
     * @param anySeed taken where none is told
     * @throws IllegalArgumentException if a word is not understood
     */
    static ChaosOptions of(List<String> words, long anySeed) {
        Deque<String> rest = new ArrayDeque<>(words);
        Duration lasts = USUAL;
        int faults = Integer.MAX_VALUE;
        long seed = anySeed;
        String directory = "";
        while (!rest.isEmpty()) {
            String word = rest.remove();
            String value = rest.isEmpty() ? "" : rest.remove();
            switch (word) {
                case "--for" -> lasts = time(value);
                case "--faults" -> faults = Math.toIntExact(number(word, value));
                case "--seed" -> seed = number(word, value);
                case "--directory" -> directory = value;
                default ->
                        throw new IllegalArgumentException("chaos: " + word + " is not understood");
            }
            if (value.isEmpty()) {
                throw new IllegalArgumentException("chaos: " + word + " wants a value");
            }
        }
        return new ChaosOptions(
                lasts, faults, seed, Path.of(directory.isEmpty() ? "chaos-" + seed : directory));
    }

    private static long number(String word, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "chaos: " + word + " wants a whole number, not " + value, e);
        }
    }

    private static Duration time(String value) {
        Matcher found = TIME.matcher(value);
        if (!found.matches()) {
            throw new IllegalArgumentException("chaos: --for wants 90s, 30m or 2h, not " + value);
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
