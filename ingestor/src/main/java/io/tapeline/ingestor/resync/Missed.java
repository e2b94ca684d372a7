package io.tapeline.ingestor.resync;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Set;

/** What a stream may have missed while it was not subscribed. */
sealed interface Missed {

    /** Changes of a book: its snapshot tells where it stands. */
    record Book(Instrument instrument) implements Missed {}

    /** Candles that ended. */
    record Candles(Instrument instrument, Interval interval) implements Missed {}

    /** The prices and statistics of these. */
    record Tickers(Set<Instrument> instruments) implements Missed {

        public Tickers {
            instruments = Set.copyOf(instruments);
        }
    }
}
