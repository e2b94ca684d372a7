package io.tapeline.query.web;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text of a request to values. Whatever is not allowed ends the request with a problem that names
 * the parameter and what is.
 */
final class Parameters {

    private static final String VENUES = names(Venue.values(), Venue::id);
    private static final int MOST_SHOWN = 80;
    private static final int MOST_SYMBOL = 64;
    private static final String TIMES =
            "an RFC 3339 time from 1970 to 2100, such as 2024-08-09T00:00:00Z";
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Parameters() {}

    static Venue venue(String name, String text) {
        for (Venue venue : Venue.values()) {
            if (venue.id().equals(text)) {
                return venue;
            }
        }
        throw invalid(name, text, "one of " + VENUES);
    }

    static @Nullable Venue venueOrNull(@Nullable String text) {
        return text == null ? null : venue("venue", text);
    }

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Of the path. */
    static Instrument instrument(String venue, String symbol) {
        Venue known = venue("venue", venue);
        return new Instrument(known, symbol("symbol", symbol));
    }

    static String symbol(String name, String text) {
        if (text.isEmpty() || text.length() > MOST_SYMBOL || !isSymbol(text)) {
            throw invalid(
                    name,
                    text,
                    "1 to "
                            + MOST_SYMBOL
                            + " characters without colon, slash, white space or controls");
        }
        return text;
    }

    /** In a loop of its own: every question about one instrument comes through here. */
    private static boolean isSymbol(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~') {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                        && text.chars().noneMatch(Parameters::isNoneOfASymbol);
            }
            if (isNoneOfASymbol(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNoneOfASymbol(int c) {
        return c == ':' || c == '/' || c <= ' ' || Character.isISOControl(c);
    }

    static Instrument instrumentId(String name, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw invalid(name, text, "venue:SYMBOL, such as binance:BTCUSDT");
        }
        return new Instrument(
                venue(name, text.substring(0, colon)), symbol(name, text.substring(colon + 1)));
    }

    /** Between commas; empty where the parameter is absent. */
    static Set<String> list(String name, @Nullable String text, int most) {
        if (text == null) {
            return Set.of();
        }
        List<String> parts = Arrays.asList(text.split(",", -1));
        if (parts.size() > most || parts.contains("")) {
            throw invalid(name, text, "1 to " + most + " values between commas, none empty");
        }
        return new LinkedHashSet<>(parts);
    }

    static int number(String name, @Nullable String text, int least, int most, int absent) {
        if (text == null) {
            return absent;
        }
        if (NUMBER.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw invalid(name, text, least + " to " + most);
    }

    static @Nullable EpochMicros time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= MOST_SHOWN) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST)) {
                    return EpochMicros.of(instant);
                }
            }
        } catch (DateTimeParseException e) {
            throw invalid(name, text, TIMES);
        }
        throw invalid(name, text, TIMES);
    }

    static void ordered(@Nullable EpochMicros from, @Nullable EpochMicros to) {
        if (from != null && to != null && from.compareTo(to) >= 0) {
            throw ProblemException.invalid(
                    "to", from + " to " + to + " is no range", "a time after from");
        }
    }

    /** A minute or longer. */
    static Interval interval(@Nullable String text) {
        for (Interval interval : Interval.values()) {
            if (interval != Interval.ONE_SECOND && interval.id().equals(text)) {
                return interval;
            }
        }
        if (text == null) {
            return Interval.ONE_MINUTE;
        }
        throw invalid(
                "interval",
                text,
                "one of "
                        + names(Interval.values(), Interval::id)
                                .replace(Interval.ONE_SECOND.id() + ", ", ""));
    }

    /** Greater than zero. */
    static Decimal positive(String name, @Nullable String text) {
        String allowed = "a number greater than 0 of at most " + Decimal.MAX_DIGITS + " digits";
        if (text == null) {
            throw missing(name, allowed);
        }
        try {
            Decimal value = Decimal.parse(text);
            if (value.signum() > 0) {
                return value.normalized();
            }
        } catch (IllegalArgumentException e) {
            throw invalid(name, text, allowed);
        }
        throw invalid(name, text, allowed);
    }

    /** One of the words, spelled so. */
    static String word(String name, @Nullable String text, String... words) {
        String allowed = "one of " + String.join(", ", words);
        if (text == null) {
            throw missing(name, allowed);
        }
        if (!Arrays.asList(words).contains(text)) {
            throw invalid(name, text, allowed);
        }
        return text;
    }

    static ProblemException missing(String name, String allowed) {
        return ProblemException.invalid(name, "is missing", allowed);
    }

    static ProblemException invalid(String name, String text, String allowed) {
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return ProblemException.invalid(name, "\"" + shown + "\" is not " + allowed, allowed);
    }

    private static <E> String names(E[] values, Function<E, String> name) {
        return Arrays.stream(values).map(name).collect(Collectors.joining(", "));
    }
}
