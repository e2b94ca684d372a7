package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.connection.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the exchange is away for everybody, not for one request only. After some failures in a
 * row one request at a time tries, further and further apart, so that an exchange in trouble is not
 * hammered, and those that wait do not use up their attempts on it. Pure but for its state; not
 * thread-safe.
 */
final class Outage {

    /** How long a firewall that refuses is left alone at first, and at most. */
    private static final Duration SHORTEST_BLOCK = Duration.ofSeconds(10);

    private static final Duration LONGEST_BLOCK = Duration.ofMinutes(5);

    private final int patience;
    private final Backoff backoff;
    private int failures;
    private int blocks;
    private Instant tryAt = Instant.EPOCH;

    /**
     * @param patience failures in a row that may be the requests' own
     */
    Outage(int patience, Backoff backoff) {
        this.patience = patience;
        this.backoff = backoff;
    }

    /** The exchange answered as it should. */
    void over() {
        failures = 0;
        blocks = 0;
    }

    /** It did not. */
    void failed(Instant now) {
        failures++;
        if (isOn()) {
            tryAt = now.plus(backoff.after(failures - patience));
        }
    }

    /** How long to keep still after a firewall's refusal that does not say: longer each time. */
    Duration blocked() {
        Duration wait = SHORTEST_BLOCK.multipliedBy(1L << Math.min(blocks++, 10));
        return wait.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : wait;
    }

    boolean isOn() {
        return failures >= patience;
    }

    /** When the next may try. */
    Instant tryAt() {
        return tryAt;
    }
}
