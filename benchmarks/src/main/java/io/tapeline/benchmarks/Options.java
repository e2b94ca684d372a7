package io.tapeline.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The words after a benchmark's name.
 *
 * @param name empty: all of them
 * @param brief a trial of seconds, whose figures mean nothing
 * @param synthetic made-up data even where recorded ones are there
 * @param hold how long the highest rate is held
 */
public record Options(String name, boolean brief, boolean synthetic, Duration hold) {

    private static final Duration HOLD = Duration.ofSeconds(60);

    public Options {
        if (!hold.isPositive()) {
            throw new IllegalArgumentException("bench: --hold " + hold + " is not positive");
        }
    }

    /**
     * @throws IllegalArgumentException if a word is not understood
     */
    static Options of(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        String name = "";
        boolean brief = false;
        boolean synthetic = false;
        Duration hold = HOLD;
        while (!rest.isEmpty()) {
            String word = rest.remove();
            switch (word) {
                case "--short" -> brief = true;
                case "--synthetic" -> synthetic = true;
                case "--hold" -> hold = Duration.ofSeconds(seconds(rest.poll()));
                default -> {
                    if (word.startsWith("-") || !name.isEmpty()) {
                        throw new IllegalArgumentException("bench: " + word + " is not understood");
                    }
                    name = word;
                }
            }
        }
        return new Options(name, brief, synthetic, hold);
    }

    private static long seconds(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("bench: --hold wants whole seconds, not " + word, e);
        }
    }
}
