package io.tapeline.exchange.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The {@code key=value} words after a fault's name. The complaints name key, value, and rule. */
final class Words {

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param allowed the keys that the fault knows
     */
    Words(List<String> words, List<String> allowed) {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0 || equals == word.length() - 1) {
                throw new IllegalArgumentException("must be key=value, was " + word);
            }
            String key = word.substring(0, equals);
            if (!allowed.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown parameter "
                                + key
                                + "; allowed: "
                                + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
            }
            if (values.put(key, word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(key + " is given twice");
            }
        }
    }

    private @Nullable String text(String key) {
        return values.get(key);
    }

    String mandatory(String key) {
        String text = text(key);
        if (text == null) {
            throw new IllegalArgumentException(key + " must be given");
        }
        return text;
    }

    Duration span(String key, Duration whenAbsent) {
        String text = text(key);
        return text == null ? whenAbsent : named(key, () -> TimeSpan.parse(text));
    }

    Duration span(String key) {
        String text = mandatory(key);
        return named(key, () -> TimeSpan.parse(text));
    }

    int number(String key, int whenAbsent) {
        String text = text(key);
        return text == null ? whenAbsent : (int) whole(key, text, Integer.MAX_VALUE);
    }

    int number(String key) {
        return (int) whole(key, mandatory(key), Integer.MAX_VALUE);
    }

    long seed() {
        String text = text("seed");
        return text == null ? 1 : whole("seed", text, Long.MAX_VALUE);
    }

    private static long whole(String key, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number, was " + text, e);
        }
        throw new IllegalArgumentException(key + " must be 0 to " + most + ", was " + text);
    }

    Sockets sockets(Sockets whenAbsent) {
        String text = text("connection");
        return text == null ? whenAbsent : named("connection", () -> Sockets.parse(text));
    }

    NamePattern pattern(String key) {
        String text = text(key);
        return text == null ? NamePattern.any() : new NamePattern(text);
    }

    NamePattern pattern(String key, String whenAbsent) {
        String text = text(key);
        return new NamePattern(text == null ? whenAbsent : text);
    }

    /** The symbols, which must be told: a fault of all pairs is asked for with {@code *}. */
    NamePattern symbols() {
        return new NamePattern(mandatory("symbol"));
    }

    Scope scope(Sockets whenAbsent) {
        return new Scope(sockets(whenAbsent), pattern("stream"), pattern("symbol"));
    }

    <E extends Enum<E>> E word(String key, Class<E> type, E whenAbsent) {
        String text = text(key);
        if (text == null) {
            return whenAbsent;
        }
        for (E one : type.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        String all =
                String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .toList());
        throw new IllegalArgumentException(key + " must be one of " + all + ", was " + text);
    }

    /** {@code for} and {@code count}; where neither is given, the other. */
    Lasting lasting(Lasting whenAbsent) {
        String time = text("for");
        String count = text("count");
        if (time == null && count == null) {
            return whenAbsent;
        }
        return new Lasting(
                time == null
                        ? Optional.empty()
                        : Optional.of(named("for", () -> TimeSpan.parse(time))),
                count == null
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) whole("count", count, Integer.MAX_VALUE)));
    }

    private interface Parsing<T> {
        T parse();
    }

    private static <T> T named(String key, Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " " + e.getMessage(), e);
        }
    }
}
