package io.tapeline.exchange;

import io.tapeline.exchange.market.Market;

/** Lets a market happen in its own thread. */
interface MarketRunner extends AutoCloseable {

    Market market();

    void start();

    Progress progress();

    /** Stops the market and waits for its thread. */
    @Override
    void close();
}
