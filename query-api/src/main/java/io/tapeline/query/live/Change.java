package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;

/**
 * Something new about an instrument.
 *
 * @param slot a later change of equal type, instrument and slot makes this one worthless
 * @param json what is sent, on one line
 */
public record Change(LiveType type, Instrument instrument, String slot, String json) {

    record Place(LiveType type, Instrument instrument, String slot) {}

    Place place() {
        return new Place(type, instrument, slot);
    }
}
