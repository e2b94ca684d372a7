package io.tapeline.exchange.rest;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first, for those who watch. Thread-safe. */
public final class RequestLog {

    private static final int KEPT = 10_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long total;

    /**
     * @param target path and query, as sent
     * @param weight what it cost
     * @param used the weight used in that minute, this request's included
     */
    public record Entry(
            Instant at, String remote, String target, int status, int weight, long used) {}

    synchronized void add(Entry entry) {
        total++;
        entries.add(entry);
        if (entries.size() > KEPT) {
            entries.remove();
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many requests there were, also those no longer kept. */
    public synchronized long total() {
        return total;
    }
}
