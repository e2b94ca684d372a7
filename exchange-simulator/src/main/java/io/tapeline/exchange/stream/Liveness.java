package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether one connection is due for a ping, or for its end (EXCHANGES A.2). Thread-safe. */
final class Liveness {

    /** A client that does not take part in closing is cut off after this. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private final Limits limits;
    private final Instant since;
    private Instant alive;
    private Instant pinged;
    private byte[] pingPayload = new byte[0];
    private @Nullable Instant closing;

    /** What is due. */
    enum Due {
        NOTHING,
        PING,
        /** A ping was not answered in time. */
        PONG_LATE,
        /** A long life ends. */
        OLD,
        /** It was closed long ago, and the client has not taken part. */
        CLOSED_IN_VAIN
    }

    Liveness(Limits limits, Instant since) {
        this.limits = limits;
        this.since = since;
        this.alive = since;
        this.pinged = since;
    }

    Instant since() {
        return since;
    }

    /** What is due now; each ping is told once. */
    synchronized Due due(Instant now) {
        if (closing != null) {
            return now.isAfter(closing.plus(CLOSE_GRACE)) ? Due.CLOSED_IN_VAIN : Due.NOTHING;
        }
        if (!now.isBefore(since.plus(limits.lifetime()))) {
            return Due.OLD;
        }
        if (now.isBefore(pinged.plus(limits.pingEvery()))) {
            return Due.NOTHING;
        }
        pinged = now;
        if (now.isAfter(alive.plus(limits.pongWithin()))) {
            return Due.PONG_LATE;
        }
        return Due.PING;
    }

    /** The payload of a ping that is sent now. */
    synchronized byte[] ping(Instant now) {
        pingPayload = Long.toString(now.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        return pingPayload.clone();
    }

    /** No ping was sent, so none can be answered. */
    synchronized void notPinged(Instant now) {
        alive = now;
    }

    /** A pong arrived. An unsolicited one does not prove that the client lives (A.2). */
    synchronized void pong(byte[] payload, Instant now) {
        if (Arrays.equals(payload, pingPayload)) {
            alive = now;
        }
    }

    synchronized void closing(Instant now) {
        if (closing == null) {
            closing = now;
        }
    }
}
