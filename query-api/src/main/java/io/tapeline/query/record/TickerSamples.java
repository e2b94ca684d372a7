package io.tapeline.query.record;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Ticker;
import java.util.HashMap;
import java.util.Map;

/**
 * Which 24 hour statistics are kept: the first that is told of an instrument in a minute. They are
 * sums over a day and told each second; sixty a minute would be most of the history and say little
 * more. Only for the recording thread.
 */
final class TickerSamples {

    private static final long MINUTE_US = 60_000_000;

    private final Map<Instrument, Long> newestMinutes = new HashMap<>();

    static long minuteOf(Ticker ticker) {
        return Math.floorDiv(ticker.eventTime().value(), MINUTE_US);
    }

    boolean isFirstOfItsMinute(Ticker ticker) {
        Long newest = newestMinutes.get(ticker.instrument());
        return newest == null || newest < minuteOf(ticker);
    }

    /** What has been written: a batch that was not comes again, and is sampled again. */
    void took(Map<Instrument, Long> minutes) {
        newestMinutes.putAll(minutes);
    }
}
