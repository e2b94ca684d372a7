package io.tapeline.ingestor.feed;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;

/** Makes routes. A route is made once a stream and then used for each of its events. */
public interface RawRoutes {

    /**
     * @param span of the events, for the ledger of gaps should they be lost
     * @param stream as the raw record's header names it
     * @param line which independent connection
     * @param unit of the times in the events
     */
    RawRoute route(
            Instrument instrument,
            EventKind kind,
            EventSpan span,
            String stream,
            String line,
            ExchangeTimeUnit unit);
}
