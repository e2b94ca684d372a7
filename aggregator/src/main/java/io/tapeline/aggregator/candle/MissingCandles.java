package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Candles between two closed ones that never closed here.
 *
 * @param from open time of the first missing one
 * @param to open time of the last missing one, inclusive
 */
public record MissingCandles(
        Instrument instrument, Interval interval, EpochMicros from, EpochMicros to) {

    public MissingCandles {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException(
                    "missing candles " + instrument + ": from " + from + " is after to " + to);
        }
    }

    /**
     * By arithmetic, from the newest closed candle before one that has just closed.
     *
     * @return null where nothing is missing
     */
    public static @Nullable MissingCandles between(
            Instrument instrument,
            Interval interval,
            EpochMicros closedBefore,
            EpochMicros closed) {
        EpochMicros expected = interval.next(closedBefore);
        if (!closed.isAfter(expected)) {
            return null;
        }
        EpochMicros last = interval.openTimeOf(new EpochMicros(closed.value() - 1));
        return new MissingCandles(instrument, interval, expected, last);
    }

    /** How many there are. */
    public int count() {
        int count = 1;
        for (EpochMicros at = from; to.isAfter(at); at = interval.next(at)) {
            count++;
        }
        return count;
    }

    /** Open time of the candle that follows them: the one that showed them to be missing. */
    public EpochMicros next() {
        return interval.next(to);
    }

    /** Those before an open time; null where there are none. */
    public @Nullable MissingCandles before(EpochMicros openTime) {
        if (!openTime.isAfter(from)) {
            return null;
        }
        return openTime.isAfter(to)
                ? this
                : new MissingCandles(
                        instrument,
                        interval,
                        from,
                        interval.openTimeOf(new EpochMicros(openTime.value() - 1)));
    }

    /** Those from an open time on; null where there are none. */
    public @Nullable MissingCandles from(EpochMicros openTime) {
        if (openTime.isAfter(to)) {
            return null;
        }
        return openTime.isAfter(from)
                ? new MissingCandles(instrument, interval, openTime, to)
                : this;
    }

    public boolean contains(EpochMicros openTime) {
        return !from.isAfter(openTime) && !openTime.isAfter(to);
    }

    public boolean contains(MissingCandles other) {
        return contains(other.from) && contains(other.to);
    }

    /** Names the hole in the ledger: the same hole has the same name, however often it is found. */
    public String id() {
        return "candles:" + instrument.id() + ":" + interval.id() + ":" + from.value();
    }
}
