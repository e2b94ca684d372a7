package io.tapeline.exchange.venue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The breaches seen so far, oldest first. Keeps the last ten thousand and counts all. Thread-safe.
 */
public final class VenueBreaches {

    private static final int KEPT = 10_000;

    private final Deque<VenueBreach> kept = new ArrayDeque<>();
    private long total;

    public synchronized void add(VenueBreach breach) {
        total++;
        kept.add(breach);
        if (kept.size() > KEPT) {
            kept.remove();
        }
    }

    public synchronized List<VenueBreach> all() {
        return List.copyOf(kept);
    }

    /** The breaches of one venue's rules. */
    public synchronized List<VenueBreach> of(String venue) {
        return kept.stream().filter(breach -> breach.venue().equals(venue)).toList();
    }

    /** How many there were, also those no longer kept. */
    public synchronized long total() {
        return total;
    }
}
