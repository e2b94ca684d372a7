package io.tapeline.query.history.clickhouse;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;

/** {@link Interval#openTimeOf} as SQL over {@code open_time}, in microseconds since the epoch. */
final class Bucketing {

    private static final long DAY_US = 86_400_000_000L;
    private static final String MICROS = "toUnixTimestamp64Micro(open_time)";

    private Bucketing() {}

    static String expression(Interval interval) {
        return switch (interval) {
            case ONE_MONTH ->
                    "toUnixTimestamp64Micro(toDateTime64(toStartOfMonth(open_time), 6, 'UTC'))";
            // The week of 1970-01-01 began on the Monday three days before.
            case ONE_WEEK ->
                    MICROS + " - (" + MICROS + " + " + 3 * DAY_US + ") % " + longestUs(interval);
            case ONE_MINUTE -> MICROS;
            case ONE_SECOND,
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
                    MICROS + " - " + MICROS + " % " + longestUs(interval);
        };
    }

    /** The length of the interval; of months, that of the longest. */
    static long longestUs(Interval interval) {
        return interval == Interval.ONE_MONTH
                ? 31 * DAY_US
                : interval.next(new EpochMicros(0)).value();
    }
}
