package io.tapeline.exchange.rest;

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

/** The parameters of one request, and the exchange's complaints about them. */
final class Parameters {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SYMBOL_RANGE = "^[\\\\w-_.&&[^a-z]]{1,50}$";
    private static final String NUMBER_RANGE = "^[0-9]{1,20}$";
    private static final long MICROSECONDS_FROM = 100_000_000_000_000L;
    private static final int MINUTES_PER_HOUR = 60;

    private final Map<String, String> values;
    private final boolean duplicated;

    private Parameters(Map<String, String> values, boolean duplicated) {
        this.values = values;
        this.duplicated = duplicated;
    }

    static Parameters of(@Nullable String rawQuery) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean duplicated = false;
        for (String part : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            duplicated |= values.put(key, value) != null;
        }
        return new Parameters(values, duplicated);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Refuses parameters that the endpoint does not know, and repeated ones. */
    void check(Set<String> known) {
        if (duplicated) {
            throw ApiError.duplicate();
        }
        if (known.isEmpty() && !values.isEmpty()) {
            throw ApiError.tooMany(0, values.size());
        }
        long read = values.keySet().stream().filter(known::contains).count();
        if (read < values.size()) {
            throw ApiError.unread((int) read, values.size());
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable String text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw ApiError.empty(name);
        }
        return value;
    }

    String mandatory(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw ApiError.mandatory(name);
        }
        return value;
    }

    /** The mandatory symbol, checked for its form only. */
    String symbol() {
        String symbol = mandatory("symbol");
        checkForm("symbol", symbol);
        return symbol;
    }

    /** The symbols of the JSON list; null where the parameter was not sent. */
    @Nullable List<String> symbols() {
        String value = text("symbols");
        if (value == null) {
            return null;
        }
        List<String> symbols = new ArrayList<>();
        try {
            JsonNode list = JSON.readTree(value);
            if (!list.isArray() || list.isEmpty()) {
                throw ApiError.badData("symbols");
            }
            for (JsonNode element : list) {
                if (!element.isString()) {
                    throw ApiError.badData("symbols");
                }
                checkForm("symbols", element.stringValue());
                symbols.add(element.stringValue());
            }
        } catch (JacksonException e) {
            throw ApiError.badData("symbols");
        }
        if (new HashSet<>(symbols).size() < symbols.size()) {
            throw ApiError.duplicateSymbols();
        }
        return symbols;
    }

    private static void checkForm(String name, String symbol) {
        boolean legal =
                !symbol.isEmpty()
                        && symbol.length() <= 50
                        && symbol.codePoints()
                                .allMatch(c ->
                                        (Character.isLetterOrDigit(c) && !Character.isLowerCase(c))
                                                || c == '_'
                                                || c == '-'
                                                || c == '.');
        if (!legal) {
            throw ApiError.illegalCharacters(name, SYMBOL_RANGE);
        }
    }

    /** The limit, silently cut to the most that the endpoint gives. */
    int limit(int whenAbsent, int most) {
        OptionalLong limit = number("limit");
        if (limit.isEmpty()) {
            return whenAbsent;
        }
        if (limit.getAsLong() < 1) {
            throw ApiError.badData("limit");
        }
        return (int) Math.min(limit.getAsLong(), most);
    }

    OptionalLong number(String name) {
        String value = text(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,20}")) {
            throw ApiError.illegalCharacters(name, NUMBER_RANGE);
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw ApiError.overflow(name);
        }
    }

    /**
     * A time in milliseconds since the epoch; microseconds are told by their size (EXCHANGES A.2).
     */
    OptionalLong epochMillis(String name) {
        OptionalLong time = number(name);
        return time.isPresent() && time.getAsLong() >= MICROSECONDS_FROM
                ? OptionalLong.of(time.getAsLong() / 1_000L)
                : time;
    }

    /**
     * The offset that {@code timeZone} asks for, -12:00 to +14:00, in milliseconds; 0 where it was
     * not sent.
     */
    long timeZoneMillis() {
        String value = text("timeZone");
        if (value == null) {
            return 0;
        }
        // A plus sign that was not percent-encoded arrives as a blank.
        String zone = value.startsWith(" ") ? value.substring(1) : value;
        if (!zone.matches("[+-]?[0-9]{1,2}(:[0-5][0-9])?")) {
            throw ApiError.badData("timeZone");
        }
        boolean west = zone.startsWith("-");
        String[] parts = zone.replaceFirst("^[+-]", "").split(":");
        int minutes =
                Integer.parseInt(parts[0]) * MINUTES_PER_HOUR
                        + (parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        int offset = west ? -minutes : minutes;
        if (offset < -12 * MINUTES_PER_HOUR || offset > 14 * MINUTES_PER_HOUR) {
            throw ApiError.badData("timeZone");
        }
        return offset * 60_000L;
    }
}
