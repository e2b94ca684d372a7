package io.tapeline.query.mirror.rest;

import io.tapeline.schemas.market.EpochMicros;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parameters of a request, read as the exchange reads them and refused in its words (A.7). */
final class Query {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SYMBOL_RANGE = "^[\\w-_.&&[^a-z]]{1,50}$";
    private static final int LONGEST_SYMBOL = 50;
    private static final String NUMBER_RANGE = "^[0-9]{1,20}$";

    /** Times from here on are of microseconds (A.2): in milliseconds it is the year 5138. */
    private static final long FIRST_MICROS = 100_000_000_000_000L;

    private static final int MINUTES_OF_HOUR = 60;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param raw undecoded, null where there is none
     * @param known the parameters that the path has
     */
    static Query of(@Nullable String raw, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean twice = false;
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = decoded(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
                twice |= values.put(name, value) != null;
            }
        }
        if (twice) {
            throw Refusal.sentTwice();
        }
        if (known.isEmpty() && !values.isEmpty()) {
            throw Refusal.tooMany(0, values.size());
        }
        int read = (int) values.keySet().stream().filter(known::contains).count();
        if (read < values.size()) {
            throw Refusal.unread(read, values.size());
        }
        return new Query(values);
    }

    /** What cannot be decoded stays as it is: it is no symbol and no number then. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Null where it was not sent. */
    @Nullable String text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw Refusal.empty(name);
        }
        return value;
    }

    String required(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw Refusal.missing(name);
        }
        return value;
    }

    /** Of a legal form; whether there is such a pair is another question. */
    String symbol() {
        return legal("symbol", required("symbol"));
    }

    /** Null where {@code symbols} was not sent. */
    @Nullable List<String> symbols() {
        String value = text("symbols");
        return value == null ? null : listed("symbols", value);
    }

    /** A JSON list of strings. */
    private static List<String> listed(String name, String value) {
        List<String> symbols = new ArrayList<>();
        try {
            JsonNode list = JSON.readTree(value);
            if (!list.isArray() || list.isEmpty()) {
                throw Refusal.data(name);
            }
            for (JsonNode element : list) {
                if (!element.isString()) {
                    throw Refusal.data(name);
                }
                symbols.add(legal(name, element.stringValue()));
            }
        } catch (JacksonException e) {
            throw Refusal.data(name);
        }
        if (new HashSet<>(symbols).size() < symbols.size()) {
            throw Refusal.symbolTwice();
        }
        return symbols;
    }

    /** Letters of any script that are not small, digits, dash, dot and underscore (A.2). */
    private static String legal(String name, String symbol) {
        boolean legal =
                !symbol.isEmpty()
                        && symbol.length() <= LONGEST_SYMBOL
                        && symbol.codePoints().allMatch(Query::isOfSymbols);
        if (!legal) {
            throw Refusal.illegalCharacters(name, SYMBOL_RANGE);
        }
        return symbol;
    }

    private static boolean isOfSymbols(int c) {
        return Character.isLetterOrDigit(c) && !Character.isLowerCase(c)
                || c == '_'
                || c == '-'
                || c == '.';
    }

    /**
     * Cut without a word to the most that there is (A.6).
     *
     * @param absent where it was not sent
     */
    int limit(int absent, int most) {
        OptionalLong limit = number("limit");
        if (limit.isEmpty()) {
            return absent;
        }
        if (limit.getAsLong() < 1) {
            throw Refusal.data("limit");
        }
        return (int) Math.min(limit.getAsLong(), most);
    }

    private OptionalLong number(String name) {
        String value = text(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,20}")) {
            throw Refusal.illegalCharacters(name, NUMBER_RANGE);
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw Refusal.overflow(name);
        }
    }

    /**
     * In milliseconds or, told by its size, microseconds (A.2).
     *
     * @param latest in place of everything after it
     * @return null where it was not sent
     */
    @Nullable EpochMicros time(String name, EpochMicros latest) {
        OptionalLong time = number(name);
        if (time.isEmpty()) {
            return null;
        }
        long sent = time.getAsLong();
        EpochMicros told =
                sent >= FIRST_MICROS ? new EpochMicros(sent) : EpochMicros.ofMillis(sent);
        return told.isAfter(latest) ? latest : told;
    }

    /** How far {@code timeZone} is ahead of UTC, -12:00 to +14:00; 0 where it was not sent. */
    int zoneMinutes() {
        String value = text("timeZone");
        if (value == null) {
            return 0;
        }
        // A plus sign that was not percent-encoded arrives as a blank.
        String zone = value.startsWith(" ") ? value.substring(1) : value;
        if (!zone.matches("[+-]?[0-9]{1,2}(:[0-5][0-9])?")) {
            throw Refusal.data("timeZone");
        }
        String[] parts = zone.replaceFirst("^[+-]", "").split(":");
        int minutes =
                Integer.parseInt(parts[0]) * MINUTES_OF_HOUR
                        + (parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        int ahead = zone.startsWith("-") ? -minutes : minutes;
        if (ahead < -12 * MINUTES_OF_HOUR || ahead > 14 * MINUTES_OF_HOUR) {
            throw Refusal.data("timeZone");
        }
        return ahead;
    }
}
