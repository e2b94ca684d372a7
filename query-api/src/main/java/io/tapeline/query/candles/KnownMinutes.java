package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Minutes by open time, each once. */
final class KnownMinutes {

    private final TreeMap<EpochMicros, CandlePart> minutes = new TreeMap<>();

    /** The first word of a minute stays. */
    void addAll(Collection<Candle> candles) {
        for (Candle candle : candles) {
            minutes.putIfAbsent(candle.openTime(), CandlePart.of(candle, Interval.ONE_MINUTE));
        }
    }

    /** Likewise. */
    void addParts(Collection<CandlePart> parts) {
        parts.forEach(part -> minutes.putIfAbsent(part.openTime(), part));
    }

    boolean holds(EpochMicros minute) {
        return minutes.containsKey(minute);
    }

    /**
     * After the last of them before a time.
     *
     * @param none where there is none
     */
    EpochMicros endBefore(EpochMicros time, EpochMicros none) {
        EpochMicros last = minutes.lowerKey(time);
        return last == null ? none : MinuteSpan.plus(last, 1);
    }

    long count() {
        return minutes.size();
    }

    /**
     * @param to exclusive
     */
    NavigableMap<EpochMicros, CandlePart> between(EpochMicros from, EpochMicros to) {
        return minutes.subMap(from, true, to, false);
    }
}
