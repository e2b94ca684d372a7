package io.tapeline.ingestor.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer of the exchange means (EXCHANGES.md A.7). */
sealed interface Verdict {

    /** The body is what was asked for. */
    record Good() implements Verdict {}

    /** The exchange understood and says no: asking again would not help. */
    record Refused(int status, int code, String message) implements Verdict {}

    /** To be tried again: an outage, a time-out, or a page of HTML. */
    record Transient(String reason) implements Verdict {}

    /**
     * 403: a firewall's rule, which may be a rate limit as well.
     *
     * @param retryAfter zero if nobody said
     */
    record Blocked(Duration retryAfter) implements Verdict {}

    /**
     * 429: a limit is broken.
     *
     * @param retryAfter zero if the exchange did not say
     */
    record TooMany(Duration retryAfter) implements Verdict {}

    /**
     * 418: the address is banned.
     *
     * @param retryAfter zero if the exchange did not say
     */
    record Banned(Duration retryAfter) implements Verdict {}

    /**
     * @param exchangeTime when the exchange answered, by its clock, as far as it is known
     */
    static Verdict of(int status, String retryAfter, byte[] body, Instant exchangeTime) {
        Duration told = RetryAfter.of(retryAfter, exchangeTime);
        return switch (status) {
            case 200 ->
                    ErrorBody.isJson(body)
                            ? new Good()
                            : new Transient("status 200 with a body that is not JSON");
            case 429 -> new TooMany(told);
            case 418 -> new Banned(RetryAfter.ofBan(told, body, exchangeTime));
            case 403 -> new Blocked(told);
            case 408 -> new Transient("status 408");
            default -> status >= 500 ? new Transient("status " + status) : refused(status, body);
        };
    }

    private static Verdict refused(int status, byte[] body) {
        if (!ErrorBody.isJson(body)) {
            return new Transient("status " + status + " with a body that is not JSON");
        }
        ErrorBody error = ErrorBody.of(body);
        // -1000 unknown, -1001 disconnected, -1006 and -1007 time-outs, -1008 overloaded,
        // -1016 shutting down: the exchange's own trouble, whatever the status.
        return switch (error.code()) {
            case -1000, -1001, -1006, -1007, -1008, -1016 -> new Transient("code " + error.code());
            case -1003, -1034 -> new TooMany(Duration.ZERO);
            default -> new Refused(status, error.code(), error.message());
        };
    }

    /** How long to keep still, by what is told in seconds, as a date, or in a ban's words. */
    final class RetryAfter {

        /** The longest ban there is (EXCHANGES.md A.7): what is beyond it was misread. */
        private static final Duration LONGEST = Duration.ofDays(3);

        private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{1,15})");

        private RetryAfter() {}

        /** Zero if the text says nothing that is understood, or a time that has come. */
        static Duration of(String text, Instant exchangeTime) {
            return within(
                    AnswerHeaders.time(text)
                            .map(until -> Duration.between(exchangeTime, until))
                            .orElseGet(() -> seconds(text)));
        }

        /** A ban's body tells its end in epoch milliseconds; of both, the later counts. */
        static Duration ofBan(Duration told, byte[] body, Instant exchangeTime) {
            Matcher until = BANNED_UNTIL.matcher(new String(body, StandardCharsets.UTF_8));
            if (!until.find()) {
                return told;
            }
            Instant end = Instant.ofEpochMilli(Long.parseLong(until.group(1)));
            Duration left = within(Duration.between(exchangeTime, end));
            return left.compareTo(told) > 0 ? left : told;
        }

        private static Duration seconds(String text) {
            try {
                return Duration.ofSeconds(Long.parseLong(text));
            } catch (NumberFormatException absent) {
                return Duration.ZERO;
            }
        }

        private static Duration within(Duration wait) {
            if (wait.isNegative()) {
                return Duration.ZERO;
            }
            return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        }
    }
}
