package io.tapeline.exchange.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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

    public synchronized void add(Entry entry) {
        total++;
        entries.add(entry);
        if (entries.size() > KEPT) {
            entries.remove();
        }
        notifyAll();
    }

    /**
     * Waits until there is an entry as wanted, also among those of the past that are kept.
     *
     * @return false if there was none in time
     */
    public synchronized boolean await(Predicate<Entry> wanted, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (entries.stream().noneMatch(wanted)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many requests there were, also those no longer kept. */
    public synchronized long total() {
        return total;
    }
}
