package io.tapeline.ingestor.resync;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is being fetched: for each book one snapshot or look at a time, for each instrument and
 * interval one range of candles at a time. Many ask for the same when a connection was lost; one
 * fetch serves them all. Bounded. Thread-safe.
 */
final class WantQueue {

    /** What becomes of a wish. */
    enum Admission {
        /** To be fetched. */
        FETCH,
        /** Served by what is being fetched, or fetched right after it. */
        COALESCED,
        /** No room. */
        FULL
    }

    /**
     * What the fetches that follow one another have in common. A look has one of its own: it waits
     * until nothing else is asked for, and a snapshot must not wait with it.
     */
    record Key(Instrument instrument, @Nullable Interval interval, boolean isLook) {

        static Key ofSnapshot(Instrument instrument) {
            return new Key(instrument, null, false);
        }
    }

    private record Entry(Want current, @Nullable Want next) {}

    private final int capacity;
    private final Map<Key, Entry> entries = new HashMap<>();

    WantQueue(int capacity) {
        this.capacity = capacity;
    }

    synchronized Admission offer(Want want) {
        Key key = keyServing(want);
        Entry entry = entries.get(key);
        if (entry == null) {
            if (entries.size() >= capacity) {
                return Admission.FULL;
            }
            entries.put(key, new Entry(want, null));
            return Admission.FETCH;
        }
        if (key.equals(key(want)) && !serves(entry.current, want)) {
            Want next = entry.next == null ? want : union(entry.next, want);
            entries.put(key, new Entry(entry.current, next));
        }
        return Admission.COALESCED;
    }

    /** The fetch is over; what is to be fetched next for the same, null if nothing. */
    synchronized @Nullable Want finished(Want want) {
        Key key = key(want);
        Entry entry = entries.remove(key);
        if (entry == null || entry.next == null) {
            return null;
        }
        entries.put(key, new Entry(entry.next, null));
        return entry.next;
    }

    /** Whether a snapshot of the book is being fetched. */
    synchronized boolean hasSnapshot(Instrument instrument) {
        return entries.containsKey(Key.ofSnapshot(instrument));
    }

    synchronized int size() {
        return entries.size();
    }

    /** The key of the fetches that serve the wish: a snapshot under way is looked at too. */
    synchronized Key keyServing(Want want) {
        return want instanceof Want.Look(Instrument instrument) && hasSnapshot(instrument)
                ? Key.ofSnapshot(instrument)
                : key(want);
    }

    static Key key(Want want) {
        return switch (want) {
            case Want.Snapshot snapshot -> Key.ofSnapshot(snapshot.instrument());
            case Want.Look look -> new Key(look.instrument(), null, true);
            case Want.Candles candles -> new Key(candles.instrument(), candles.interval(), false);
        };
    }

    /** Whether what one brings is what the other lacks. */
    private static boolean serves(Want fetched, Want asked) {
        return switch (fetched) {
            case Want.Snapshot snapshot ->
                    asked instanceof Want.Snapshot other
                            && other.afterUpdateId() <= snapshot.afterUpdateId();
            case Want.Look look -> look.equals(asked);
            case Want.Candles candles ->
                    asked instanceof Want.Candles other
                            && !candles.from().isAfter(other.from())
                            && !other.to().isAfter(candles.to());
        };
    }

    private static Want union(Want one, Want other) {
        return switch (one) {
            case Want.Look _ -> other;
            case Want.Snapshot a ->
                    other instanceof Want.Snapshot b && b.afterUpdateId() > a.afterUpdateId()
                            ? b
                            : a;
            case Want.Candles a ->
                    other instanceof Want.Candles b
                            ? new Want.Candles(
                                    a.instrument(),
                                    a.interval(),
                                    a.from().isAfter(b.from()) ? b.from() : a.from(),
                                    a.to().isAfter(b.to()) ? a.to() : b.to())
                            : a;
        };
    }
}
