package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.Instrument;

/** What of a work that is done once in the whole installation falls to this process. */
@FunctionalInterface
public interface Share {

    /** Whether it does what is to be done for this instrument; of several processes one at most. */
    boolean holds(Instrument instrument);
}
