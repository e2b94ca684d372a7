package io.tapeline.ingestor.watchdog;

import io.tapeline.schemas.market.Instrument;
import java.util.Set;

/** What to ask the exchange's REST about a stream in doubt; the answer is an id that only grows. */
public sealed interface Question {

    /** The id of the book's newest update. */
    record Book(Instrument instrument) implements Question {}

    /** The id of the newest trade; of several instruments, the sum of these. */
    record Trades(Set<Instrument> instruments) implements Question {

        public Trades {
            instruments = Set.copyOf(instruments);
            if (instruments.isEmpty()) {
                throw new IllegalArgumentException("question of trades: instruments is empty");
            }
        }
    }
}
