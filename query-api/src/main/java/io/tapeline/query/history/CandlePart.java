package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;

/**
 * What is known of a candle: its minutes from {@code firstMinute} to {@code lastMinute}, as far as
 * they are held, rolled up exactly.
 *
 * @param openTime of the candle, at or before {@code firstMinute}
 * @param firstMinute open time of the earliest minute in it; {@code open} is that minute's
 * @param lastMinute open time of the latest minute in it; {@code close} is that minute's
 * @param minutes how many minutes are in it; fewer than lie between the two where there is a hole
 * @param eventTime the newest of its minutes
 * @param lastClosed no trade can change the latest minute any more
 */
public record CandlePart(
        Instrument instrument,
        Interval interval,
        EpochMicros openTime,
        EpochMicros firstMinute,
        EpochMicros lastMinute,
        long minutes,
        EpochMicros eventTime,
        Price open,
        Price high,
        Price low,
        Price close,
        Quantity volume,
        Quantity quoteVolume,
        long trades,
        Quantity takerBuyVolume,
        Quantity takerBuyQuoteVolume,
        boolean lastClosed) {

    private static final long MINUTE_US = 60_000_000;

    public CandlePart {
        if (firstMinute.compareTo(openTime) < 0 || lastMinute.compareTo(firstMinute) < 0) {
            throw new IllegalArgumentException(
                    "candle part "
                            + instrument
                            + ": minutes "
                            + firstMinute
                            + " to "
                            + lastMinute
                            + " of a candle that opens at "
                            + openTime);
        }
        if (minutes < 1 || minutes > minutesFrom(firstMinute, lastMinute) + 1) {
            throw new IllegalArgumentException(
                    "candle part "
                            + instrument
                            + ": minutes "
                            + minutes
                            + " from "
                            + firstMinute
                            + " to "
                            + lastMinute);
        }
    }

    private static long minutesFrom(EpochMicros from, EpochMicros to) {
        return (to.value() - from.value()) / MINUTE_US;
    }

    /** A minute as the part of the interval's candle that contains it. */
    public static CandlePart of(Candle minute, Interval interval) {
        return new CandlePart(
                minute.instrument(),
                interval,
                interval.openTimeOf(minute.openTime()),
                minute.openTime(),
                minute.openTime(),
                1,
                minute.eventTime(),
                minute.open(),
                minute.high(),
                minute.low(),
                minute.close(),
                minute.volume(),
                minute.quoteVolume(),
                minute.trades(),
                minute.takerBuyVolume(),
                minute.takerBuyQuoteVolume(),
                minute.closed());
    }

    /**
     * The same minutes as a part of a longer interval's candle.
     *
     * @param longer whose candle contains this one
     */
    public CandlePart within(Interval longer) {
        return new CandlePart(
                instrument,
                longer,
                longer.openTimeOf(openTime),
                firstMinute,
                lastMinute,
                minutes,
                eventTime,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                trades,
                takerBuyVolume,
                takerBuyQuoteVolume,
                lastClosed);
    }

    /**
     * Both together.
     *
     * @param other of the same candle; no minute is in both
     */
    public CandlePart plus(CandlePart other) {
        if (!openTime.equals(other.openTime) || interval != other.interval) {
            throw new IllegalArgumentException(
                    "candle part of " + openTime + " and of " + other.openTime + " do not add up");
        }
        CandlePart first = firstMinute.compareTo(other.firstMinute) <= 0 ? this : other;
        CandlePart last = lastMinute.compareTo(other.lastMinute) >= 0 ? this : other;
        return new CandlePart(
                instrument,
                interval,
                openTime,
                first.firstMinute,
                last.lastMinute,
                Math.addExact(minutes, other.minutes),
                eventTime.isAfter(other.eventTime) ? eventTime : other.eventTime,
                first.open,
                high.compareTo(other.high) >= 0 ? high : other.high,
                low.compareTo(other.low) <= 0 ? low : other.low,
                last.close,
                sum(volume, other.volume),
                sum(quoteVolume, other.quoteVolume),
                Math.addExact(trades, other.trades),
                sum(takerBuyVolume, other.takerBuyVolume),
                sum(takerBuyQuoteVolume, other.takerBuyQuoteVolume),
                last.lastClosed);
    }

    private static Quantity sum(Quantity one, Quantity other) {
        return new Quantity(one.value().plus(other.value()));
    }

    /** Whether the latest minute is the candle's last one and is closed. */
    public boolean ends() {
        return lastClosed
                && Interval.ONE_MINUTE.next(lastMinute).compareTo(interval.next(openTime)) >= 0;
    }

    /**
     * Whether each minute is in it from the candle's open time to its end, or to the newest minute
     * where the candle has not come to its end.
     *
     * @param newestMinute open time of the newest minute known of the instrument
     */
    public boolean isComplete(EpochMicros newestMinute) {
        EpochMicros newest = newestMinute.isAfter(lastMinute) ? newestMinute : lastMinute;
        EpochMicros known = Interval.ONE_MINUTE.next(newest);
        EpochMicros end = interval.next(openTime);
        return minutes == minutesFrom(openTime, known.isAfter(end) ? end : known);
    }
}
