package io.tapeline.ingestor.rest;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the headers of an answer say (EXCHANGES.md A.7).
 *
 * @param used the exchange's counts of what the address has used, by the end of the header's name
 *     ({@code 1M}); every process behind the address is in them
 * @param date when the exchange answered, in whole seconds of its clock
 * @param retryAfter the header's text, empty if there is none
 */
record AnswerHeaders(Map<String, Integer> used, Optional<Instant> date, String retryAfter) {

    private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT";

    /** What the header without an end counts. */
    private static final String LEGACY = "1M";

    AnswerHeaders {
        used = Map.copyOf(used);
    }

    static AnswerHeaders of(HttpHeaders headers) {
        return new AnswerHeaders(
                used(headers),
                headers.firstValue("Date").flatMap(AnswerHeaders::time),
                headers.firstValue("Retry-After").orElse("").strip());
    }

    private static Map<String, Integer> used(HttpHeaders headers) {
        Map<String, Integer> used = new HashMap<>();
        headers.map()
                .forEach((name, values) -> {
                    String upper = name.toUpperCase(Locale.ROOT);
                    int count = number(values.getFirst());
                    if (count >= 0 && upper.equals(USED_WEIGHT)) {
                        used.putIfAbsent(LEGACY, count);
                    } else if (count >= 0 && upper.startsWith(USED_WEIGHT + "-")) {
                        used.put(upper.substring(USED_WEIGHT.length() + 1), count);
                    }
                });
        return used;
    }

    /** The exchange's count of what a limit is about; -1 if it does not tell. */
    int used(RateLimit limit) {
        return limit.kind() == RateLimit.Kind.REQUEST_WEIGHT
                ? used.getOrDefault(limit.suffix(), -1)
                : -1;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** A time as headers write it: {@code Sat, 31 Jan 2026 12:00:00 GMT}. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException notDate) {
            return Optional.empty();
        }
    }
}
