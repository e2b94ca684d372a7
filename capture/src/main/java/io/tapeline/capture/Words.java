package io.tapeline.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** The words of a command line, taken one after the other. The complaints name option and value. */
public final class Words {

    private final Deque<String> words;

    public Words(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    public String next() {
        return words.remove();
    }

    /** Whether the next word is not an option. */
    public boolean hasValue() {
        return !words.isEmpty() && !words.element().startsWith("--");
    }

    /** The value of the option. */
    public String value(String option) {
        if (!hasValue()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.remove();
    }

    /** The values between commas, none of them empty. */
    public List<String> list(String option) {
        List<String> values = List.of(value(option).split(",", -1));
        if (values.contains("")) {
            throw new IllegalArgumentException(
                    option + " must be values between commas, was " + String.join(",", values));
        }
        return values;
    }

    /** A value that the reader understands. */
    public <T> T read(String option, Function<String, T> reader) {
        String value = value(option);
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " " + e.getMessage(), e);
        }
    }

    public long number(String option, long least, long most) {
        String value = value(option);
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a whole number, was " + value, e);
        }
        throw new IllegalArgumentException(
                option + " must be " + least + " to " + most + ", was " + value);
    }

    /** A number from zero on, with or without a fraction. */
    public double factor(String option) {
        String value = value(option);
        if (!value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    option + " must be a number from 0 on, was " + value);
        }
        return Double.parseDouble(value);
    }

    public Duration millis(String option, long least, long most) {
        return Duration.ofMillis(number(option, least, most));
    }

    /**
     * A time such as {@code 2026-07-01T12:00:00Z}.
     *
     * @param others the words that are allowed as well, for the complaint
     */
    public static Instant time(String value, String others) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "must be " + others + " or a time such as 2026-07-01T12:00:00Z, was " + value,
                    e);
        }
    }
}
