package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import java.util.Optional;

/**
 * Why a stream that begins to come may have missed something before.
 *
 * @param carriedUntil the receive time of the last message of the connection that had carried the
 *     stream, or of the stream itself where it alone had stopped; empty: the line has never carried
 *     it since this process took it
 * @param cause a short phrase for the ledger of gaps: {@code start}, {@code assigned}, {@code
 *     connection lost: ...}, {@code stalled}
 */
public record Interruption(Optional<EpochMicros> carriedUntil, String cause) {

    /** Of a stream wanted since the line began. */
    public static final Interruption START = new Interruption(Optional.empty(), "start");

    /** Of a stream wanted later. */
    public static final Interruption ASSIGNED = new Interruption(Optional.empty(), "assigned");

    public Interruption {
        if (cause.isBlank()) {
            throw new IllegalArgumentException("interruption: cause is empty");
        }
    }

    /**
     * @param lastNanos when the connection's newest message was read, nanoseconds since the epoch
     */
    public static Interruption lost(long lastNanos, String reason) {
        return new Interruption(
                Optional.of(new EpochNanos(lastNanos).toMicros()), "connection lost: " + reason);
    }

    /**
     * @param lastNanos when the stream's newest event was read, nanoseconds since the epoch; 0 if
     *     there was none
     */
    public static Interruption stalled(long lastNanos) {
        return new Interruption(
                lastNanos == 0
                        ? Optional.empty()
                        : Optional.of(new EpochNanos(lastNanos).toMicros()),
                "stalled");
    }
}
