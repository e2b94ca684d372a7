package io.tapeline.query.through;

import io.tapeline.schemas.market.Candle;
import java.time.Duration;
import java.util.List;

/** The exchange's candles, as far as its limits allow. Called by several threads at a time. */
@FunctionalInterface
public interface ExchangeCandles {

    /** What came of asking. */
    sealed interface Reply {

        /**
         * Minutes, oldest first, the open one perhaps with them; closed ones are on their way to
         * the history.
         */
        record Found(List<Candle> minutes) implements Reply {

            public Found {
                minutes = List.copyOf(minutes);
            }
        }

        /** The exchange does not have the instrument, or no longer. */
        record NoSuch() implements Reply {}

        /** Not now: away, or the limits leave no room. */
        record NotNow(Shortfall shortfall) implements Reply {}
    }

    /** Returns within the given time, or not long after it. */
    Reply fetch(Ask ask, Duration within);
}
