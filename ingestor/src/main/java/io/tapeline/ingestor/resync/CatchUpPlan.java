package io.tapeline.ingestor.resync;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be fetched for streams that have become subscribed, and when. What waits serves all
 * who ask for the same until it is taken; whoever comes later is served by another fetch. Bounded.
 * Not thread-safe.
 */
final class CatchUpPlan {

    /**
     * What waits.
     *
     * @param since when its stream was last subscribed: what came before is of no use
     * @param due when it may be fetched
     */
    record Entry(Missed missed, Instant since, Instant due) {

        private boolean isDue(Instant now) {
            return !due.isAfter(now);
        }
    }

    private record Range(Instrument instrument, Interval interval) {

        private static Range of(Missed.Candles missed) {
            return new Range(missed.instrument(), missed.interval());
        }
    }

    /** What becomes of what was missed. */
    enum Admission {
        /** Waits to be fetched. */
        WAITS,
        /** Served by what waits. */
        COALESCED,
        /** No room. */
        FULL
    }

    private final Duration delay;
    private final int capacity;
    private final Map<Instrument, Entry> books = new LinkedHashMap<>();
    private final Map<Range, Entry> candles = new LinkedHashMap<>();
    private @Nullable Entry tickers;

    /**
     * @param delay how long books and tickers wait
     */
    CatchUpPlan(Duration delay, int capacity) {
        this.delay = delay;
        this.capacity = capacity;
    }

    /** A stream was subscribed just now. */
    Admission subscribed(Missed missed, Instant now) {
        return switch (missed) {
            case Missed.Book _, Missed.Tickers _ -> add(missed, now, now.plus(delay));
            case Missed.Candles _ -> add(missed, now, now);
        };
    }

    /** What was taken could not be fetched: it is due again after the pause. */
    Admission again(Entry entry, Instant now, Duration pause) {
        return add(entry.missed, entry.since, now.plus(pause));
    }

    private Admission add(Missed missed, Instant since, Instant due) {
        Entry waiting = waiting(missed);
        if (waiting == null && size() >= capacity) {
            return Admission.FULL;
        }
        Entry entry =
                waiting == null
                        ? new Entry(missed, since, due)
                        : new Entry(
                                union(waiting.missed, missed),
                                later(waiting.since, since),
                                earlier(waiting.due, due));
        switch (entry.missed) {
            case Missed.Book(Instrument instrument) -> books.put(instrument, entry);
            case Missed.Candles range -> candles.put(Range.of(range), entry);
            case Missed.Tickers _ -> tickers = entry;
        }
        return waiting == null ? Admission.WAITS : Admission.COALESCED;
    }

    private @Nullable Entry waiting(Missed missed) {
        return switch (missed) {
            case Missed.Book(Instrument instrument) -> books.get(instrument);
            case Missed.Candles range -> candles.get(Range.of(range));
            case Missed.Tickers _ -> tickers;
        };
    }

    private static Missed union(Missed one, Missed other) {
        if (one instanceof Missed.Tickers(Set<Instrument> some)
                && other instanceof Missed.Tickers(Set<Instrument> more)) {
            Set<Instrument> all = new HashSet<>(some);
            all.addAll(more);
            return new Missed.Tickers(all);
        }
        if (one instanceof Missed.Candles some && other instanceof Missed.Candles more) {
            return some.with(more);
        }
        return one;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Takes out the books of which a snapshot has come since their subscription. */
    Set<Instrument> forgetBooks(BiPredicate<Instrument, Instant> fetchedSince) {
        Set<Instrument> forgotten = new HashSet<>();
        books.forEach((instrument, entry) -> {
            if (fetchedSince.test(instrument, entry.since)) {
                forgotten.add(instrument);
            }
        });
        books.keySet().removeAll(forgotten);
        return forgotten;
    }

    /**
     * Takes the first book that is due; null if there is none.
     *
     * @param underWay books whose snapshot somebody else fetches: they wait for what comes of it
     */
    @Nullable Entry nextBook(Instant now, Predicate<Instrument> underWay) {
        for (Map.Entry<Instrument, Entry> book : books.entrySet()) {
            if (book.getValue().isDue(now) && !underWay.test(book.getKey())) {
                return books.remove(book.getKey());
            }
        }
        return null;
    }

    /** Takes tickers or the first candles that are due, in this order; null if there are none. */
    @Nullable Entry nextPast(Instant now) {
        Entry due = tickers;
        if (due != null && due.isDue(now)) {
            tickers = null;
            return due;
        }
        for (Map.Entry<Range, Entry> range : candles.entrySet()) {
            if (range.getValue().isDue(now)) {
                return candles.remove(range.getKey());
            }
        }
        return null;
    }

    int size() {
        return books.size() + candles.size() + (tickers == null ? 0 : 1);
    }
}
