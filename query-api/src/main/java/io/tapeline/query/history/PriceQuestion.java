package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;

/**
 * Which recorded prices.
 *
 * @param from event time, inclusive
 * @param to event time, exclusive
 * @param limit most prices that are answered
 */
public record PriceQuestion(
        Instrument instrument, EpochMicros from, EpochMicros to, Order order, int limit) {

    public PriceQuestion {
        Limits.require("price question", from, limit);
    }
}
