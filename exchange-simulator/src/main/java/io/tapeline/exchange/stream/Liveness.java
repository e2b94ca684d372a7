package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Whether one connection is due for a ping, or for its end (EXCHANGES A.2). Thread-safe. */
final class Liveness {

    /** A client that does not take part in closing is cut off after this. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    /** A client that answers none of so many is gone before the next. */
    private static final int MOST_PINGS = 100;

    private final Limits limits;
    private final Instant since;
    private Instant alive;
    private Instant pinged;
    private boolean pongLost;
    private @Nullable Instant closing;

    /** Payloads of pings that wait for their pongs, the oldest first. */
    private final Deque<byte[]> pings = new ArrayDeque<>();

    /** What is due. */
    enum Due {
        NOTHING,
        PING,
        /** A ping was not answered in time. */
        PONG_LATE,
        /** It was answered, and the exchange lost the answer. */
        PONG_LOST,
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
            return pongLost ? Due.PONG_LOST : Due.PONG_LATE;
        }
        return Due.PING;
    }

    /** The payload of a ping that is sent now. */
    synchronized byte[] ping(Instant now) {
        byte[] payload = Long.toString(now.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        if (pings.size() >= MOST_PINGS) {
            pings.remove();
        }
        pings.add(payload);
        return payload.clone();
    }

    /** No ping was sent, so none can be answered. */
    synchronized void notPinged(Instant now) {
        alive = now;
    }

    /**
     * A pong arrived. One to any ping that waits will do, also where the next ping has gone out
     * meanwhile; it answers those before it as well (RFC 6455, 5.5.3). An unsolicited one does not
     * prove that the client lives (A.2).
     */
    synchronized void pong(byte[] payload, Instant now) {
        if (answers(payload)) {
            alive = now;
            pongLost = false;
        }
    }

    /** A pong arrived and is lost: what comes of it is not the client's doing. */
    synchronized void lostPong(byte[] payload) {
        if (answers(payload)) {
            pongLost = true;
        }
    }

    private boolean answers(byte[] payload) {
        if (pings.stream().noneMatch(ping -> Arrays.equals(ping, payload))) {
            return false;
        }
        while (!Arrays.equals(pings.remove(), payload)) {}
        return true;
    }

    synchronized void closing(Instant now) {
        if (closing == null) {
            closing = now;
        }
    }
}
