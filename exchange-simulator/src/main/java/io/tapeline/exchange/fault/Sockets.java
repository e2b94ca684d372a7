package io.tapeline.exchange.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which connections a fault strikes, of those that carry what it is about. All but {@link All} and
 * {@link Numbered} are decided when the fault begins, or when there is such a connection for the
 * first time.
 */
public sealed interface Sockets {

    String ALLOWED = "all, newest, oldest, the number of a connection, or 1st, 2nd, 3rd, 4th ...";

    /** Every connection, also those opened later while the fault goes on. */
    record All() implements Sockets {
        @Override
        public String toString() {
            return "all";
        }
    }

    record Newest() implements Sockets {
        @Override
        public String toString() {
            return "newest";
        }
    }

    record Oldest() implements Sockets {
        @Override
        public String toString() {
            return "oldest";
        }
    }

    /**
     * @param n from 1, counted from the oldest
     */
    record Nth(int n) implements Sockets {
        public Nth {
            Requirement.within("Sockets.Nth.n", n, 1, 100_000);
        }

        @Override
        public String toString() {
            boolean teen = n / 10 % 10 == 1;
            return n
                    + switch (teen ? 0 : n % 10) {
                        case 1 -> "st";
                        case 2 -> "nd";
                        case 3 -> "rd";
                        default -> "th";
                    };
        }
    }

    /**
     * @param id as {@code /sim/connections} tells it
     */
    record Numbered(long id) implements Sockets {
        public Numbered {
            Requirement.within("Sockets.Numbered.id", id, 1, Long.MAX_VALUE);
        }

        @Override
        public String toString() {
            return Long.toString(id);
        }
    }

    static Sockets all() {
        return new All();
    }

    static Sockets newest() {
        return new Newest();
    }

    static Sockets oldest() {
        return new Oldest();
    }

    /** Throws where the text names none. */
    static Sockets parse(String text) {
        Matcher number = Pattern.compile("([0-9]{1,9})(st|nd|rd|th)?").matcher(text);
        if (number.matches()) {
            return number.group(2) == null
                    ? new Numbered(Long.parseLong(text))
                    : new Nth(Integer.parseInt(number.group(1)));
        }
        return switch (text) {
            case "all" -> all();
            case "newest" -> newest();
            case "oldest" -> oldest();
            default -> throw new IllegalArgumentException("must be " + ALLOWED + ", was " + text);
        };
    }
}
