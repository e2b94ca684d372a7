package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.ingestor.json.JsonMembers;
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

    /** To be tried again: an outage, a time-out, or a page of HTML from a firewall. */
    record Transient(String reason) implements Verdict {}

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
     * @param retryAfter the header's text, empty if there is none
     */
    static Verdict of(int status, String retryAfter, byte[] body, Instant now) {
        return switch (status) {
            case 200 ->
                    isJson(body)
                            ? new Good()
                            : new Transient("status 200 with a body that is not JSON");
            case 429 -> new TooMany(seconds(retryAfter));
            case 418 -> new Banned(banned(retryAfter, body, now));
            // A firewall's rule, which may be a rate limit as well.
            case 403 -> new Transient("status 403");
            default -> status >= 500 ? new Transient("status " + status) : refused(status, body);
        };
    }

    private static Verdict refused(int status, byte[] body) {
        if (!isJson(body)) {
            return new Transient("status " + status + " with a body that is not JSON");
        }
        JsonMembers members = new JsonMembers(body, 0, body.length);
        int code = 0;
        String message = "";
        while (members.next()) {
            if (members.keyIs(Names.CODE)) {
                code = number(members.valueText());
            } else if (members.keyIs(Names.MESSAGE)) {
                message = members.valueText();
            }
        }
        // -1000 unknown, -1001 disconnected, -1006 and -1007 time-outs, -1008 overloaded,
        // -1016 shutting down: the exchange's own trouble, whatever the status.
        return switch (code) {
            case -1000, -1001, -1006, -1007, -1008, -1016 -> new Transient("code " + code);
            case -1003, -1034 -> new TooMany(Duration.ZERO);
            default -> new Refused(status, code, message);
        };
    }

    private static boolean isJson(byte[] body) {
        int first = JsonBytes.skipSpace(body, 0, body.length);
        return first < body.length && (body[first] == '{' || body[first] == '[');
    }

    /**
     * A ban's body tells its end in epoch milliseconds; its header, if there, in seconds from now.
     */
    private static Duration banned(String retryAfter, byte[] body, Instant now) {
        Duration told = seconds(retryAfter);
        if (!told.isZero()) {
            return told;
        }
        Matcher until = Names.BANNED_UNTIL.matcher(new String(body, StandardCharsets.UTF_8));
        if (!until.find()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, Instant.ofEpochMilli(Long.parseLong(until.group(1))));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration seconds(String retryAfter) {
        int seconds = number(retryAfter.strip());
        return seconds > 0 ? Duration.ofSeconds(seconds) : Duration.ZERO;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0; // absent, or in a form the exchange does not use
        }
    }

    /** Patterns of the bodies. */
    final class Names {
        private static final byte[] CODE = "code".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] MESSAGE = "msg".getBytes(StandardCharsets.US_ASCII);
        private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{1,18})");

        private Names() {}
    }
}
