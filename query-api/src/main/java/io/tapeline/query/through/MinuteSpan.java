package io.tapeline.query.through;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;

/**
 * Minutes that follow one another.
 *
 * @param from open time of the first, inclusive
 * @param to open time of the minute after the last, exclusive; not before {@code from}
 */
public record MinuteSpan(EpochMicros from, EpochMicros to) {

    public static final long MINUTE_US = 60_000_000;

    public MinuteSpan {
        if (from.value() % MINUTE_US != 0 || to.value() % MINUTE_US != 0) {
            throw new IllegalArgumentException(
                    "minute span: " + from + " to " + to + " does not lie on minutes");
        }
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("minute span: from " + from + " is after to " + to);
        }
    }

    /** From the one to the other; empty where they are the other way round. */
    public static MinuteSpan between(EpochMicros from, EpochMicros to) {
        return new MinuteSpan(from, from.isAfter(to) ? from : to);
    }

    /** The minute that contains a time begins then. */
    public static EpochMicros minuteOf(EpochMicros time) {
        return Interval.ONE_MINUTE.openTimeOf(time);
    }

    public static EpochMicros plus(EpochMicros minute, long minutes) {
        return new EpochMicros(minute.value() + minutes * MINUTE_US);
    }

    public boolean isEmpty() {
        return from.equals(to);
    }

    public long minutes() {
        return (to.value() - from.value()) / MINUTE_US;
    }
}
