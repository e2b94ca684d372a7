package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.StreamTable.Followed;
import io.tapeline.ingestor.feed.ByteKeyTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams that one connection shall bring: where their events go, and what has come of each.
 * Immutable but for the latter; another choice of streams is another table, in which the streams
 * that stay keep what has come.
 */
final class SessionStreams {

    static final SessionStreams EMPTY = new SessionStreams(Map.of());

    /** One stream on one connection. */
    record Entry(Followed followed, StreamActivity activity) {}

    private final Map<String, Entry> entries;
    private final ByteKeyTable<Entry> table;

    private SessionStreams(Map<String, Entry> entries) {
        this.entries = entries;
        this.table = new ByteKeyTable<>(entries);
    }

    /** Of those names that the table does not follow, nothing is known. */
    SessionStreams next(StreamTable streams, Collection<String> names) {
        Map<String, Entry> next = new HashMap<>();
        for (String name : names) {
            Followed followed = streams.followed(name);
            if (followed != null) {
                Entry before = entries.get(name);
                next.put(
                        name,
                        new Entry(
                                followed, before == null ? new StreamActivity() : before.activity));
            }
        }
        return new SessionStreams(next);
    }

    /** Of the stream whose name stands there; null if it is none of these. */
    @Nullable Entry find(byte[] message, int from, int to) {
        return table.find(message, from, to);
    }

    /** Null if it is none of these. */
    @Nullable StreamActivity activity(String stream) {
        Entry entry = entries.get(stream);
        return entry == null ? null : entry.activity;
    }

    Map<String, Entry> entries() {
        return entries;
    }
}
