package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;

/**
 * What is known of a candle: its minutes from {@code firstMinute} to {@code lastMinute}, rolled up
 * exactly.
 *
 * @param openTime of the candle, at or before {@code firstMinute}
 * @param firstMinute open time of the earliest minute in it; {@code open} is that minute's
 * @param lastMinute open time of the latest minute in it; {@code close} is that minute's
 * @param eventTime the newest of its minutes
 * @param lastClosed no trade can change the latest minute any more
 */
public record CandlePart(
        Instrument instrument,
        Interval interval,
        EpochMicros openTime,
        EpochMicros firstMinute,
        EpochMicros lastMinute,
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
    }

    /** A minute as the part of the interval's candle that contains it. */
    public static CandlePart of(Candle minute, Interval interval) {
        return new CandlePart(
                minute.instrument(),
                interval,
                interval.openTimeOf(minute.openTime()),
                minute.openTime(),
                minute.openTime(),
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
}
