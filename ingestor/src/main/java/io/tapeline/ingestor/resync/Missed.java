package io.tapeline.ingestor.resync;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Optional;
import java.util.Set;

/** What a stream may have missed while no line carried it. */
sealed interface Missed {

    /** Changes of a book: its snapshot tells where it stands. */
    record Book(Instrument instrument) implements Missed {}

    /**
     * Candles that ended.
     *
     * @param from when the stream was last carried; empty: never before
     */
    record Candles(Instrument instrument, Interval interval, Optional<EpochMicros> from)
            implements Missed {

        /** What both lack. */
        Candles with(Candles other) {
            return from.isEmpty()
                            || (other.from.isPresent() && !from.get().isAfter(other.from.get()))
                    ? this
                    : other;
        }
    }

    /** The prices and statistics of these. */
    record Tickers(Set<Instrument> instruments) implements Missed {

        public Tickers {
            instruments = Set.copyOf(instruments);
        }
    }
}
