package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;

/** {@link Interval#openTimeOf} as SQL over {@code open_time_us}, for times since 1970. */
final class Bucketing {

    private static final long DAY_US = 86_400_000_000L;

    private Bucketing() {}

    static String expression(Interval interval) {
        return switch (interval) {
            case ONE_MONTH -> "epoch_us(date_trunc('month', make_timestamp(open_time_us)))";
            // The week of 1970-01-01 began on the Monday three days before.
            case ONE_WEEK -> "open_time_us - (open_time_us + " + 3 * DAY_US + ") % " + 7 * DAY_US;
            case ONE_SECOND,
                    ONE_MINUTE,
                    THREE_MINUTES,
                    FIVE_MINUTES,
                    FIFTEEN_MINUTES,
                    THIRTY_MINUTES,
                    ONE_HOUR,
                    TWO_HOURS,
                    FOUR_HOURS,
                    SIX_HOURS,
                    EIGHT_HOURS,
                    TWELVE_HOURS,
                    ONE_DAY,
                    THREE_DAYS ->
                    "open_time_us - open_time_us % " + longestUs(interval);
        };
    }

    /** The interval's length in microseconds; of a month that of the longest. */
    static long longestUs(Interval interval) {
        if (interval == Interval.ONE_MONTH) {
            return 31 * DAY_US;
        }
        var start = interval.openTimeOf(new EpochMicros(7 * DAY_US));
        return interval.next(start).value() - start.value();
    }
}
