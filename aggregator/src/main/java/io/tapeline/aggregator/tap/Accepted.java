package io.tapeline.aggregator.tap;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;

/** What a processor has just put into its store. */
public sealed interface Accepted {

    record OfPrice(LatestPrice price) implements Accepted {}

    record OfTicker(Ticker ticker) implements Accepted {}

    record OfCandle(Candle candle) implements Accepted {}

    /** A delta or a loss: a reset is told as the whole book that it made. */
    record OfBook(BookEvent event) implements Accepted {}
}
