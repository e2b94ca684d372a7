package io.tapeline.ingestor.rest;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What the headers of an answer say (EXCHANGES.md A.7).
 *
 * @param usedWeight the exchange's count of the address's minute; -1 if it is not told
 * @param date when the exchange answered, in whole seconds of its clock
 * @param retryAfter the header's text, empty if there is none
 */
record AnswerHeaders(int usedWeight, Optional<Instant> date, String retryAfter) {

    static AnswerHeaders of(HttpHeaders headers) {
        return new AnswerHeaders(
                headers.firstValue("X-MBX-USED-WEIGHT-1M").map(AnswerHeaders::number).orElse(-1),
                headers.firstValue("Date").flatMap(AnswerHeaders::time),
                headers.firstValue("Retry-After").orElse(""));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException notDate) {
            return Optional.empty();
        }
    }
}
