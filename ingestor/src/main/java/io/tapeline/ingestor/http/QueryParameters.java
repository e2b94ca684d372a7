package io.tapeline.ingestor.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, each at most once. */
record QueryParameters(Map<String, String> values) {

    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    QueryParameters {
        values = Map.copyOf(values);
    }

    /**
     * @throws IllegalArgumentException if a parameter is there twice or not decodable
     */
    static QueryParameters of(@Nullable String rawQuery) {
        Map<String, String> values = new HashMap<>();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String pair : rawQuery.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                if (values.put(name, value) != null) {
                    throw new IllegalArgumentException(name + ": given twice");
                }
            }
        }
        return new QueryParameters(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** RFC 3339, for example 2026-01-31T12:00:00Z; from 1970 to 2100. */
    Optional<Instant> time(String name) {
        return text(name)
                .map(value -> {
                    try {
                        Instant time = Instant.parse(value);
                        if (!time.isBefore(Instant.EPOCH) && time.isBefore(END)) {
                            return time;
                        }
                    } catch (DateTimeException e) {
                        throw noTime(name, value, e);
                    }
                    throw noTime(name, value, null);
                });
    }

    private static IllegalArgumentException noTime(
            String name, String value, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                name
                        + ": \""
                        + value
                        + "\" is not a time from 1970 to 2100, such as 2026-01-31T12:00:00Z",
                cause);
    }

    int number(String name, int fallback, int least, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        String allowed = "\" is not a number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": \"" + value.get() + allowed, e);
        }
        throw new IllegalArgumentException(name + ": \"" + value.get() + allowed);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
