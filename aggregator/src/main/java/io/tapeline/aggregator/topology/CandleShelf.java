package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.candle.CandleVerdict;
import io.tapeline.aggregator.candle.MissingCandles;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The newest candles of each instrument and interval, over their store. */
final class CandleShelf {

    private static final EpochMicros EARLIEST = new EpochMicros(0);

    private final KeyValueStore<CandleKey, Sourced<Candle>> store;
    private final CandleArbiter arbiter;
    private final Map<Series, EpochMicros> newest = new HashMap<>();

    /** {@link #EARLIEST} where none is known to have closed. */
    private final Map<Series, EpochMicros> newestClosed = new HashMap<>();

    /** The candles of an instrument and interval. */
    record Series(Instrument instrument, Interval interval) {
        static Series of(Candle candle) {
            return new Series(candle.instrument(), candle.interval());
        }

        CandleKey at(EpochMicros openTime) {
            return new CandleKey(instrument, interval, openTime);
        }
    }

    CandleShelf(KeyValueStore<CandleKey, Sourced<Candle>> store, CandleArbiter arbiter) {
        this.store = store;
        this.arbiter = arbiter;
    }

    /**
     * @param forHistory whether it was asked for to complete the past
     */
    CandleVerdict decide(Candle candle, boolean forHistory) {
        Series series = Series.of(candle);
        Sourced<Candle> found = store.get(series.at(candle.openTime()));
        Candle held = found == null ? null : found.value();
        return forHistory
                ? arbiter.decideForHistory(held, newestOf(series), candle)
                : arbiter.decide(held, newestOf(series), candle);
    }

    /**
     * What an update shows to be missing; to be asked before {@link #put}. One that closes at the
     * head of its series: all that never closed since the newest closed one, or, where none has
     * closed, since the oldest one that is open. One that is open behind a closed one: itself, for
     * it has ended, and no stream that tells later ones will close it. (A row of REST is believed
     * final only a while after the end of its candle.) Backfilled closed candles, behind the head,
     * show nothing.
     */
    @Nullable MissingCandles missingBy(Candle candle) {
        EpochMicros newestClosed = newestClosedOf(Series.of(candle));
        if (candle.closed()) {
            return newestClosed == null
                    ? openBefore(candle)
                    : candle.openTime().isAfter(newestClosed)
                            ? MissingCandles.between(
                                    candle.instrument(),
                                    candle.interval(),
                                    newestClosed,
                                    candle.openTime())
                            : null;
        }
        return newestClosed != null && newestClosed.isAfter(candle.openTime())
                ? new MissingCandles(
                        candle.instrument(),
                        candle.interval(),
                        candle.openTime(),
                        candle.openTime())
                : null;
    }

    /** From the oldest candle kept, all of which are open, to the one before this. */
    private @Nullable MissingCandles openBefore(Candle closed) {
        Series series = Series.of(closed);
        EpochMicros last =
                closed.interval().openTimeOf(new EpochMicros(closed.openTime().value() - 1));
        try (KeyValueIterator<CandleKey, Sourced<Candle>> oldestFirst =
                store.range(series.at(EARLIEST), series.at(last))) {
            return oldestFirst.hasNext()
                    ? new MissingCandles(
                            closed.instrument(),
                            closed.interval(),
                            oldestFirst.next().key.openTime(),
                            last)
                    : null;
        }
    }

    void put(Candle candle, RecordSource source) {
        Series series = Series.of(candle);
        EpochMicros before = newestOf(series);
        store.put(series.at(candle.openTime()), new Sourced<>(candle, source));
        if (before == null || candle.openTime().isAfter(before)) {
            newest.put(series, candle.openTime());
            dropOlderThan(series, arbiter.oldestKept(series.interval(), candle.openTime()));
        }
        if (candle.closed()) {
            EpochMicros closed = newestClosedOf(series);
            if (closed == null || candle.openTime().isAfter(closed)) {
                newestClosed.put(series, candle.openTime());
            }
        }
    }

    private void dropOlderThan(Series series, EpochMicros oldest) {
        if (oldest.value() <= 0) {
            return;
        }
        try (KeyValueIterator<CandleKey, Sourced<Candle>> old =
                store.range(series.at(EARLIEST), series.at(new EpochMicros(oldest.value() - 1)))) {
            while (old.hasNext()) {
                store.delete(old.next().key);
            }
        }
    }

    /** Open time of the oldest candle that is still taken; null where none is known. */
    @Nullable EpochMicros oldestKept(Series series) {
        EpochMicros head = newestOf(series);
        return head == null ? null : arbiter.oldestKept(series.interval(), head);
    }

    boolean isClosed(Series series, EpochMicros openTime) {
        Sourced<Candle> held = store.get(series.at(openTime));
        return held != null && held.value().closed();
    }

    private @Nullable EpochMicros newestOf(Series series) {
        EpochMicros known = newest.get(series);
        if (known == null) {
            known = newestInStore(series, false);
            if (known != null) {
                newest.put(series, known);
            }
        }
        return known;
    }

    /** Looked up once: a month may be open for a month, and is told each second. */
    private @Nullable EpochMicros newestClosedOf(Series series) {
        EpochMicros known = newestClosed.get(series);
        if (known == null) {
            EpochMicros found = newestInStore(series, true);
            known = found == null ? EARLIEST : found;
            newestClosed.put(series, known);
        }
        return known.equals(EARLIEST) ? null : known;
    }

    private @Nullable EpochMicros newestInStore(Series series, boolean closedOnly) {
        try (KeyValueIterator<CandleKey, Sourced<Candle>> newestFirst =
                store.reverseRange(
                        series.at(EARLIEST), series.at(new EpochMicros(Long.MAX_VALUE)))) {
            while (newestFirst.hasNext()) {
                KeyValue<CandleKey, Sourced<Candle>> next = newestFirst.next();
                if (!closedOnly || next.value.value().closed()) {
                    return next.key.openTime();
                }
            }
            return null;
        }
    }
}
