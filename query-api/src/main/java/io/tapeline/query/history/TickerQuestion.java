package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;

/**
 * Which recorded 24 hour statistics.
 *
 * @param from event time, inclusive
 * @param to event time, exclusive
 * @param limit most tickers that are answered
 */
public record TickerQuestion(
        Instrument instrument, EpochMicros from, EpochMicros to, Order order, int limit) {

    public TickerQuestion {
        Limits.require("ticker question", from, limit);
    }
}
