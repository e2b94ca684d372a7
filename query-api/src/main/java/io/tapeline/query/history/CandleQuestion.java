package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;

/**
 * Which candles.
 *
 * @param interval from a minute up
 * @param from open time of the first minute, inclusive
 * @param to open time of the minute after the last, exclusive: the candle that contains it is
 *     answered with the minutes before it
 * @param limit most candles that are answered
 */
public record CandleQuestion(
        Instrument instrument,
        Interval interval,
        EpochMicros from,
        EpochMicros to,
        Order order,
        int limit) {

    public CandleQuestion {
        if (interval == Interval.ONE_SECOND) {
            throw new IllegalArgumentException(
                    "candle question: interval 1s is shorter than the minutes that are kept");
        }
        Limits.require("candle question", from, limit);
    }
}
