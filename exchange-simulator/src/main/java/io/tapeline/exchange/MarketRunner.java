package io.tapeline.exchange;

import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.synthetic.SyntheticFlow;
import org.jspecify.annotations.Nullable;

/** Lets a market happen in its own thread. */
interface MarketRunner extends AutoCloseable {

    Market market();

    MarketStreams streams();

    /** The made-up market; null for a recording. */
    @Nullable SyntheticFlow synthetic();

    void start();

    Progress progress();

    /** Stops the market and waits for its thread. */
    @Override
    void close();
}
