package io.tapeline.exchange.judge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The breaches seen so far, oldest first. Keeps the last ten thousand and counts all. Thread-safe.
 */
public final class Breaches {

    private static final int KEPT = 10_000;

    private final Deque<Breach> kept = new ArrayDeque<>();
    private long total;

    public synchronized void add(Breach breach) {
        total++;
        kept.add(breach);
        if (kept.size() > KEPT) {
            kept.remove();
        }
    }

    public synchronized List<Breach> all() {
        return List.copyOf(kept);
    }

    /** The breaches of one venue's rules. */
    public synchronized List<Breach> of(String venue) {
        return kept.stream().filter(breach -> breach.venue().equals(venue)).toList();
    }

    /** How many there were, also those no longer kept. */
    public synchronized long total() {
        return total;
    }
}
