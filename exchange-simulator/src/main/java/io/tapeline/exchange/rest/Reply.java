package io.tapeline.exchange.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * An answer to a request.
 *
 * @param pause what {@code Retry-After} tells; zero for nothing
 */
record Reply(int status, String type, byte[] body, Duration pause) {

    private static final String JSON = "application/json;charset=UTF-8";
    private static final String HTML = "text/html";

    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body, Duration.ZERO);
    }

    static Reply json(int status, String body) {
        return json(status, bytes(body));
    }

    static Reply refused(int status, String body, Duration pause) {
        return new Reply(status, JSON, bytes(body), pause);
    }

    /** A.7: what the exchange answers when its address has used too much. */
    /**
     * @param limit of the weight that an address may use in a minute
     */
    static Reply tooMuchWeight(int limit, Duration pause) {
        return refused(
                429,
                "{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is "
                        + limit
                        + " request weight per 1 MINUTE. Please use WebSocket Streams for live"
                        + " updates to avoid polling the API.\"}",
                pause);
    }

    static Reply banned(Duration pause, Instant now) {
        return refused(
                418,
                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until "
                        + now.plus(pause).toEpochMilli()
                        + ". Please use WebSocket Streams for live updates to avoid bans.\"}",
                pause);
    }

    /** A body that is no JSON, as firewalls send it (A.7). */
    static Reply html403() {
        return new Reply(
                403,
                HTML,
                bytes(
                        "<html>\r\n"
                                + "<head><title>403 Forbidden</title></head>\r\n"
                                + "<body>\r\n"
                                + "<center><h1>403 Forbidden</h1></center>\r\n"
                                + "</body>\r\n"
                                + "</html>\r\n"),
                Duration.ZERO);
    }

    static Reply serverError(int status) {
        return json(
                status,
                "{\"code\":-1000,\"msg\":\"An unknown error occurred while processing the"
                        + " request.\"}");
    }

    static Reply timedOut() {
        return json(
                504,
                "{\"code\":-1007,\"msg\":\"Timeout waiting for response from backend server. Send"
                        + " status unknown; execution status unknown.\"}");
    }

    /** The wait in whole seconds, as the header has it. */
    long retryAfterSeconds() {
        return pause.isZero() ? 0 : Math.max(1, Math.ceilDiv(pause.toMillis(), 1_000L));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
