package io.tapeline.aggregator.tap;

import io.tapeline.schemas.market.Instrument;

/**
 * What a feed follows: one store of one instrument. What is accepted is queued only while it is
 * flowing; before, what the store holds is to be told, and has all of it.
 */
public final class Place {

    private final Kind kind;
    private final Instrument instrument;

    /** Written under the feed's lock. */
    volatile boolean flowing;

    /** Under the feed's lock: what was queued before this number is in what was told as held. */
    long heldUpTo;

    /** Under the feed's lock: followed for itself, not only as one of all. */
    boolean named;

    /** Under the feed's lock. */
    boolean ended;

    Place(Kind kind, Instrument instrument) {
        this.kind = kind;
        this.instrument = instrument;
    }

    public Kind kind() {
        return kind;
    }

    public Instrument instrument() {
        return instrument;
    }
}
