package io.tapeline.ingestor.deribit;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.Optional;

/** Hears when a line carries an index again that it did not carry for a while. */
@FunctionalInterface
public interface InterruptionListener {

    /**
     * The venue has confirmed the index's channel.
     *
     * @param carriedUntil when the line last received something while it carried the index; empty
     *     if it never did since this instance took it
     * @param cause of the interruption, for the ledger of gaps
     */
    void carries(
            String line, Instrument instrument, Optional<EpochMicros> carriedUntil, String cause);
}
