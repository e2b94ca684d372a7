package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import java.util.Optional;

/**
 * A line did not carry a stream.
 *
 * @param from when it last did; empty: it never had
 * @param to when it carried it again
 * @param cause a short phrase for the ledger of gaps
 */
public record Lapse(
        String line, StreamKey stream, Optional<EpochMicros> from, EpochMicros to, String cause) {

    public Lapse {
        if (from.isPresent() && from.get().isAfter(to)) {
            throw new IllegalArgumentException(
                    "lapse of " + stream + ": from " + from.get() + " is after to " + to);
        }
    }
}
