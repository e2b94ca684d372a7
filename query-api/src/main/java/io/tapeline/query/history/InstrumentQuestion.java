package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;

/**
 * What was known of an instrument, and when.
 *
 * @param from when it was told, inclusive
 * @param to when it was told, exclusive
 * @param limit most states that are answered
 */
public record InstrumentQuestion(
        Instrument instrument, EpochMicros from, EpochMicros to, Order order, int limit) {

    public InstrumentQuestion {
        Limits.require("instrument question", from, limit);
    }
}
