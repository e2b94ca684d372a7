package io.tapeline.ingestor.poll;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}, which gives seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(7);

    private RetryAfter() {}

    /** Zero if the text says neither, or a time that is past. */
    static Duration of(String text, Instant now) {
        Duration told = told(text.strip(), now);
        if (told.isNegative()) {
            return Duration.ZERO;
        }
        return told.compareTo(LONGEST) > 0 ? LONGEST : told;
    }

    private static Duration told(String text, Instant now) {
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(Character::isDigit)) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        try {
            return Duration.between(
                    now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException notADate) {
            return Duration.ZERO;
        }
    }
}
