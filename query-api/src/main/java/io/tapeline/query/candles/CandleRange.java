package io.tapeline.query.candles;

import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Which candles are asked for.
 *
 * @param from open time of the first, inclusive; a candle's beginning
 * @param to open time, exclusive; a candle's beginning, or {@link #NO_END}
 * @param order oldest first: the first {@code limit} from {@code from}; newest first: the last
 *     {@code limit} before {@code to}
 */
public record CandleRange(
        Interval interval, EpochMicros from, EpochMicros to, Order order, int limit) {

    /** After everything. */
    public static final EpochMicros NO_END = new EpochMicros(4_102_444_800_000_000L);

    /** With bounds as a user gives them, or null: an open time counts, whatever lies in between. */
    public static CandleRange of(
            Interval interval, @Nullable EpochMicros from, @Nullable EpochMicros to, int limit) {
        return new CandleRange(
                interval,
                from == null ? new EpochMicros(0) : beginningAtOrAfter(interval, from),
                to == null ? NO_END : beginningAtOrAfter(interval, to),
                from == null ? Order.NEWEST_FIRST : Order.OLDEST_FIRST,
                limit);
    }

    /** The same candles, gone through in that order. */
    public CandleRange in(Order other) {
        return new CandleRange(interval, from, to, other, limit);
    }

    private static EpochMicros beginningAtOrAfter(Interval interval, EpochMicros time) {
        EpochMicros beginning = interval.openTimeOf(time);
        return beginning.equals(time) ? time : interval.next(beginning);
    }

    /** The next page, which begins at the given candle (oldest first) or ends before it. */
    public CandleRange continuedAt(EpochMicros openTime) {
        return switch (order) {
            case OLDEST_FIRST -> new CandleRange(interval, openTime, to, order, limit);
            case NEWEST_FIRST -> new CandleRange(interval, from, openTime, order, limit);
        };
    }

    boolean contains(EpochMicros openTime) {
        return openTime.compareTo(from) >= 0 && openTime.compareTo(to) < 0;
    }
}
