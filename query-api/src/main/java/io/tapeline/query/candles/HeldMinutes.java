package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.List;
import java.util.TreeMap;

/**
 * The minutes that the state holds, without a hole up to the newest: before the last hole the
 * history answers, which has what was backfilled.
 *
 * <pre>
 * state    09:01 09:02       09:04 09:05 09:06(open)
 * counts                     |---------------------|
 * </pre>
 */
record HeldMinutes(List<Candle> minutes) {

    static final HeldMinutes NONE = new HeldMinutes(List.of());

    /**
     * @param held oldest first
     */
    static HeldMinutes endOf(List<Candle> held) {
        int first = held.size() - 1;
        while (first > 0
                && Interval.ONE_MINUTE
                        .next(held.get(first - 1).openTime())
                        .equals(held.get(first).openTime())) {
            first--;
        }
        return held.isEmpty() ? NONE : new HeldMinutes(held.subList(first, held.size()));
    }

    /** Where the history ends and the state begins. */
    EpochMicros begin() {
        return minutes.isEmpty() ? CandleRange.NO_END : minutes.getFirst().openTime();
    }

    /** Rolled up, by open time; the first may lack its first minutes. */
    TreeMap<EpochMicros, CandlePart> parts(CandleRange range) {
        TreeMap<EpochMicros, CandlePart> parts = new TreeMap<>();
        for (Candle minute : minutes) {
            CandlePart part = CandlePart.of(minute, range.interval());
            if (range.contains(part.openTime())) {
                parts.merge(part.openTime(), part, CandlePart::plus);
            }
        }
        return parts;
    }
}
