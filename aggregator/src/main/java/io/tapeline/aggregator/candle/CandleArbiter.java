package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Candles are known by interval and open time. Of one candle the newer event time wins, a closed
 * one beats an open one whatever their times, and a closed one never reopens nor closes twice.
 * Where the update came from, a stream or an answer of REST, makes no difference.
 */
public final class CandleArbiter {

    private final int kept;

    /**
     * @param kept how many candles of an interval are kept, the newest ones
     */
    public CandleArbiter(int kept) {
        if (kept < 2) {
            throw new IllegalArgumentException("candles: " + kept + " kept is below 2");
        }
        this.kept = kept;
    }

    /**
     * @param held what is known of the candle
     * @param newest open time of the newest candle known of the interval
     */
    public CandleVerdict decide(
            @Nullable Candle held, @Nullable EpochMicros newest, Candle update) {
        if (newest != null
                && update.openTime().value() < oldestKept(update.interval(), newest).value()) {
            return CandleVerdict.EXPIRED;
        }
        if (held == null) {
            return CandleVerdict.ACCEPTED;
        }
        if (held.closed()) {
            return update.closed() ? CandleVerdict.CLOSED_ALREADY : CandleVerdict.OLDER;
        }
        if (update.closed() || update.eventTime().isAfter(held.eventTime())) {
            return CandleVerdict.ACCEPTED;
        }
        return update.eventTime().equals(held.eventTime())
                ? CandleVerdict.DUPLICATE
                : CandleVerdict.OLDER;
    }

    /**
     * Of a candle that was asked for to complete the past, not the tape. Among those that are kept
     * it is one of them, except that the newest one is left to the stream that tells it. Elsewhere
     * (older; newer, of an instrument that is not streamed any more; or of one that never was) it
     * must neither become the newest candle, which would show all between to be missing, nor be
     * kept: it is only told, as often as it is asked for.
     */
    public CandleVerdict decideForHistory(
            @Nullable Candle held, @Nullable EpochMicros newest, Candle update) {
        if (newest != null && !update.openTime().isAfter(newest)) {
            if (update.openTime().equals(newest)) {
                return held != null && held.closed()
                        ? decide(held, newest, update)
                        : CandleVerdict.OLDER;
            }
            if (!oldestKept(update.interval(), newest).isAfter(update.openTime())) {
                return decide(held, newest, update);
            }
        }
        return update.closed() ? CandleVerdict.PAST : CandleVerdict.EXPIRED;
    }

    /** Open time of the oldest candle that is kept beside the newest one. */
    public EpochMicros oldestKept(Interval interval, EpochMicros newest) {
        long length = interval.next(newest).value() - newest.value();
        return interval.openTimeOf(new EpochMicros(newest.value() - (kept - 1) * length));
    }
}
