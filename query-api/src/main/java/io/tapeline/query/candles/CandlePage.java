package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Order;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One page of candles, oldest first.
 *
 * @param continueAt for {@link CandleRange#continuedAt}; null where this page is the last
 * @param shortfall why the exchange could not be asked for what the page lacks; null where it was
 *     asked, or need not be
 */
public record CandlePage(
        List<AnsweredCandle> items,
        @Nullable EpochMicros continueAt,
        @Nullable Shortfall shortfall) {

    /**
     * Lays the state over the history.
     *
     * @param history minutes before those of the state, one part more than the limit where there
     *     are more
     * @param newestMinute the newest minute known of the instrument: candles that end before it are
     *     closed even where their last minute is missing
     */
    static CandlePage of(
            CandleRange range,
            List<CandlePart> history,
            Map<EpochMicros, CandlePart> state,
            EpochMicros newestMinute) {
        TreeMap<EpochMicros, CandlePart> all = new TreeMap<>(state);
        history.forEach(part -> all.merge(part.openTime(), part, CandlePart::plus));
        EpochMicros continueAt = null;
        while (all.size() > range.limit()) {
            EpochMicros dropped =
                    range.order() == Order.OLDEST_FIRST ? all.lastKey() : all.firstKey();
            all.remove(dropped);
            continueAt = range.order() == Order.OLDEST_FIRST ? dropped : all.firstKey();
        }
        List<AnsweredCandle> items = new ArrayList<>();
        for (CandlePart part : all.values()) {
            items.add(
                    new AnsweredCandle(
                            part,
                            part.ends() || over(range.interval(), part, newestMinute),
                            part.isComplete(newestMinute),
                            state.containsKey(part.openTime())
                                    ? CandleOrigin.STREAM
                                    : CandleOrigin.HISTORY));
        }
        return new CandlePage(items, continueAt, null);
    }

    CandlePage lacking(Shortfall why) {
        return new CandlePage(items, continueAt, why);
    }

    private static boolean over(Interval interval, CandlePart part, EpochMicros newestMinute) {
        return newestMinute.compareTo(interval.next(part.openTime())) >= 0;
    }
}
