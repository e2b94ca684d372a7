package io.tapeline.exchange.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every payload that was truly written to a socket, by stream, in the order in which the market
 * published them: what others received must be compared with it. Holds payloads with millisecond
 * times, without envelopes. Bounded by bytes; the oldest are forgotten first, and the sequence
 * numbers show it. Thread-safe.
 */
public final class Ledger {

    private static final int BYTES_PER_ENTRY = 96;
    private static final int MOST_CONNECTIONS = 2_000;

    private final long mostBytes;
    private final Map<String, StreamRecord> streams = new LinkedHashMap<>();
    private final Deque<Sending> oldestFirst = new ArrayDeque<>();
    private final TreeMap<Long, Map<String, Long>> written = new TreeMap<>();
    private long bytes;

    /**
     * @param mostBytes how much is kept; zero keeps nothing
     */
    public Ledger(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * One payload sent.
     *
     * @param sequence from 0 in its stream; a hole is a payload that no socket got
     * @param epochNanos when it was published
     * @param payload the exact bytes; not to be changed
     */
    public record Entry(String stream, long sequence, long epochNanos, byte[] payload) {}

    /** A payload that was published to at least one subscriber, and may be on its way. */
    public static final class Sending {

        private final StreamRecord record;
        private final Entry entry;
        private final Ledger ledger;
        private volatile boolean sent;

        private Sending(Ledger ledger, StreamRecord record, Entry entry) {
            this.ledger = ledger;
            this.record = record;
            this.entry = entry;
        }

        /** The bytes have been written to the connection's socket. */
        public void sent(long connection) {
            ledger.sent(this, connection);
        }
    }

    private static final class StreamRecord {
        private final Deque<Sending> kept = new ArrayDeque<>();
        private long next;
        private long sent;
    }

    /**
     * Notes a payload in the order of publication; it counts once it is {@linkplain Sending#sent()
     * sent}.
     */
    public synchronized Sending published(String stream, long epochNanos, byte[] payload) {
        StreamRecord record = streams.computeIfAbsent(stream, s -> new StreamRecord());
        Sending sending =
                new Sending(this, record, new Entry(stream, record.next++, epochNanos, payload));
        record.kept.add(sending);
        oldestFirst.add(sending);
        bytes += payload.length + BYTES_PER_ENTRY;
        while (bytes > mostBytes && !oldestFirst.isEmpty()) {
            Sending oldest = oldestFirst.remove();
            oldest.record.kept.remove();
            bytes -= oldest.entry.payload().length + BYTES_PER_ENTRY;
        }
        return sending;
    }

    private synchronized void sent(Sending sending, long connection) {
        if (!sending.sent) {
            sending.sent = true;
            sending.record.sent++;
        }
        written.computeIfAbsent(connection, c -> new HashMap<>())
                .merge(sending.entry.stream(), 1L, Long::sum);
        if (written.size() > MOST_CONNECTIONS) {
            written.pollFirstEntry();
        }
    }

    /**
     * How many payloads of each stream were written to the connection's socket, twice written ones
     * twice; empty where the connection had none, or was so long ago that it is forgotten.
     */
    public synchronized Map<String, Long> written(long connection) {
        return Map.copyOf(written.getOrDefault(connection, Map.of()));
    }

    /** The same for all connections, by their numbers. */
    public synchronized SortedMap<Long, Map<String, Long>> written() {
        SortedMap<Long, Map<String, Long>> all = new TreeMap<>();
        written.forEach((connection, counts) -> all.put(connection, new TreeMap<>(counts)));
        return all;
    }

    /** What was sent of the stream and is still kept, in order. */
    public List<Entry> entries(String stream) {
        return entries(stream, 0, Integer.MAX_VALUE);
    }

    /**
     * What was sent of the stream from the given sequence number on, in order, at most {@code
     * limit} entries.
     */
    public synchronized List<Entry> entries(String stream, long fromSequence, int limit) {
        List<Entry> entries = new ArrayList<>();
        StreamRecord record = streams.get(stream);
        if (record == null) {
            return entries;
        }
        for (Sending sending : record.kept) {
            if (entries.size() >= limit) {
                break;
            }
            if (sending.sent && sending.entry.sequence() >= fromSequence) {
                entries.add(sending.entry);
            }
        }
        return entries;
    }

    /**
     * How many payloads of each stream were written to at least one socket, also those that are no
     * longer kept.
     */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        streams.forEach((stream, record) -> counts.put(stream, record.sent));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** The streams of which something was published. */
    public synchronized Set<String> streams() {
        return Set.copyOf(streams.keySet());
    }
}
