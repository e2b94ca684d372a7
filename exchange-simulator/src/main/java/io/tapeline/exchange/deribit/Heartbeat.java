package io.tapeline.exchange.deribit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a socket is sent a heartbeat, when it is asked for a sign of life, and when it has failed to
 * give one (EXCHANGES B, heartbeat). A {@code test_request} must be answered within one interval.
 * Not thread-safe.
 */
final class Heartbeat {

    /** What is due. */
    enum Due {
        NOTHING,
        BEAT,
        TEST_REQUEST,
        UNANSWERED
    }

    private final Duration interval;
    private Instant beat;
    private Instant ask;
    private @Nullable Instant asked;

    Heartbeat(Duration interval, Instant now) {
        this.interval = interval;
        this.beat = now.plus(interval);
        this.ask = now.plus(interval.dividedBy(2)).plus(interval);
    }

    /** What is to be done now; to be asked again until it is nothing. */
    Due due(Instant now) {
        Instant unanswered = asked;
        if (unanswered != null && !now.isBefore(unanswered.plus(interval))) {
            return Due.UNANSWERED;
        }
        if (!now.isBefore(beat)) {
            beat = now.plus(interval);
            return Due.BEAT;
        }
        if (unanswered == null && !now.isBefore(ask)) {
            ask = now.plus(interval);
            asked = now;
            return Due.TEST_REQUEST;
        }
        return Due.NOTHING;
    }

    /** The client has called {@code public/test}. */
    void answered() {
        asked = null;
    }
}
