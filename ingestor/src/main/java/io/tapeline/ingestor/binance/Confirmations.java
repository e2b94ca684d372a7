package io.tapeline.ingestor.binance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams that the exchange has accepted and that its list of what a connection carries is yet
 * to name: it may accept a message and subscribe only a part of it (EXCHANGES.md A.8, 19). What it
 * leaves out over and over is believed nevertheless, and left to those who watch whether it comes.
 */
final class Confirmations {

    private static final int MOST_MISSED = 3;

    private final Set<String> awaited = new LinkedHashSet<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private List<String> leftOut = List.of();

    void accepted(Collection<String> streams) {
        awaited.addAll(streams);
    }

    void left(Collection<String> streams) {
        awaited.removeAll(streams);
        missed.keySet().removeAll(streams);
    }

    boolean awaits(String stream) {
        return awaited.contains(stream);
    }

    boolean isDue() {
        return !awaited.isEmpty();
    }

    /** The streams that have been left out and are to be asked for again; the others are there. */
    List<String> missing(Set<String> listed) {
        List<String> missing = new ArrayList<>();
        for (String stream : awaited) {
            if (listed.contains(stream)) {
                missed.remove(stream);
            } else if (missed.merge(stream, 1, Integer::sum) < MOST_MISSED) {
                missing.add(stream);
            }
        }
        awaited.removeAll(missing);
        leftOut = List.copyOf(missing);
        return missing;
    }

    /** What was missing on the last list, once. */
    List<String> takeLeftOut() {
        List<String> taken = leftOut;
        leftOut = List.of();
        return taken;
    }

    /** Those that are there. */
    List<String> take() {
        List<String> taken = List.copyOf(awaited);
        awaited.clear();
        return taken;
    }

    void reset() {
        awaited.clear();
        missed.clear();
        leftOut = List.of();
    }
}
