package io.tapeline.query.mirror.stream;

import io.tapeline.query.history.CandlePart;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Optional;
import java.util.function.Consumer;

/** The minutes of a candle that went before those that are followed. */
@FunctionalInterface
interface EarlierMinutes {

    /**
     * Never waits.
     *
     * @param from inclusive, the candle's open time
     * @param to exclusive, within the candle, after {@code from}
     * @param told called once, by another thread: the sum of all minutes between the two, empty
     *     where one of them is missing
     */
    void ask(
            Instrument instrument,
            Interval interval,
            EpochMicros from,
            EpochMicros to,
            Consumer<Optional<CandlePart>> told);
}
