package io.tapeline.aggregator.line;

import io.tapeline.schemas.market.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The tallies of all lines, each there from its first record on. Thread-safe. */
public final class LineCounters {

    /** Names come with the records: past this many, others are counted together. */
    static final int MOST_LINES = 64;

    /** The line of those that have no place of their own. */
    static final String OTHERS = "others";

    private final Map<Key, LineTally> tallies = new ConcurrentHashMap<>();
    private final List<Consumer<LineTally>> listeners = new ArrayList<>();

    private record Key(Venue venue, String line, LineKind kind) {}

    /** The tally of a line; to be kept by whoever counts often. */
    public LineTally of(Venue venue, String line, LineKind kind) {
        LineTally known = tallies.get(new Key(venue, line, kind));
        return known == null ? add(venue, line, kind) : known;
    }

    private synchronized LineTally add(Venue venue, String line, LineKind kind) {
        String name = tallies.size() >= MOST_LINES * LineKind.values().length ? OTHERS : line;
        Key key = new Key(venue, name, kind);
        LineTally known = tallies.get(key);
        if (known != null) {
            return known;
        }
        LineTally added = new LineTally(venue, name, kind);
        tallies.put(key, added);
        listeners.forEach(listener -> listener.accept(added));
        return added;
    }

    /**
     * @param listener told of every tally there is, and of each new one before it counts
     */
    public synchronized void forEach(Consumer<LineTally> listener) {
        tallies.values().forEach(listener);
        listeners.add(listener);
    }

    /** All there are now, in no order. */
    public List<LineTally> all() {
        return List.copyOf(tallies.values());
    }
}
