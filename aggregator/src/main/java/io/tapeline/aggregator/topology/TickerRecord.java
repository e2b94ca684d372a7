package io.tapeline.aggregator.topology;

import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;

/** What a record of the raw tickers tells, by its venue. */
sealed interface TickerRecord {

    /** The statistics of 24 hours, with a price among them. */
    record Statistics(Ticker ticker) implements TickerRecord {}

    /** A price alone. */
    record Rate(LatestPrice price) implements TickerRecord {}
}
