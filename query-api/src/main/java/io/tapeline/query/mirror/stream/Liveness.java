package io.tapeline.query.mirror.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether a client still listens: pinged every 20 s, it answers within a minute with what the ping
 * carried, or is let go (A.2). Thread-safe; times are those of a clock of nanoseconds.
 */
final class Liveness {

    static final long PING_NANOS = 20_000_000_000L;
    static final long PONG_NANOS = 60_000_000_000L;

    /** What is to be done now. */
    enum Due {
        NOTHING,
        PING,
        LET_GO
    }

    private long pingedAt;
    private long answeredAt;
    private byte[] payload = {};
    private boolean open;

    Liveness(long nowNanos) {
        pingedAt = nowNanos;
        answeredAt = nowNanos;
    }

    synchronized Due due(long nowNanos) {
        if (open && nowNanos - answeredAt >= PONG_NANOS) {
            return Due.LET_GO;
        }
        return nowNanos - pingedAt >= PING_NANOS ? Due.PING : Due.NOTHING;
    }

    /** The payload of the ping that goes out now. */
    synchronized byte[] ping(long nowNanos, long millis) {
        if (!open) {
            // The minute begins with the first ping that is not answered.
            answeredAt = nowNanos;
            open = true;
        }
        pingedAt = nowNanos;
        payload = Long.toString(millis).getBytes(StandardCharsets.US_ASCII);
        return payload.clone();
    }

    /** Unsolicited ones are allowed, and do not count (A.2). */
    synchronized void pong(ByteBuffer told, long nowNanos) {
        byte[] bytes = new byte[told.remaining()];
        told.duplicate().get(bytes);
        if (open && Arrays.equals(bytes, payload)) {
            open = false;
            answeredAt = nowNanos;
        }
    }
}
