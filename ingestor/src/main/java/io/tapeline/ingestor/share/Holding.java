package io.tapeline.ingestor.share;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The partitions that a process carries of a line: those it has been given, and for a while those
 * it has had to give up, so that whoever has them next is there before it goes. Not thread-safe.
 * Times are of {@link System#nanoTime}.
 */
final class Holding {

    /** As long as it takes to join again. */
    private static final long LOST_NANOS = Duration.ofSeconds(3).toNanos();

    private final long handoverNanos;
    private final Set<Integer> given = new HashSet<>();
    private final Map<Integer, Long> leavingUntil = new HashMap<>();

    /**
     * @param handoverNanos how long a partition is carried on after it was given up; 0 for none
     */
    Holding(long handoverNanos) {
        this.handoverNanos = handoverNanos;
    }

    void assigned(Collection<Integer> partitions) {
        given.addAll(partitions);
        leavingUntil.keySet().removeAll(partitions);
    }

    /** Given up; nobody else has them yet. */
    void revoked(Collection<Integer> partitions, long nowNanos) {
        leave(partitions, nowNanos, handoverNanos);
    }

    /** Taken away by a group that did not hear of this process, and may give them back at once. */
    void lost(Collection<Integer> partitions, long nowNanos) {
        leave(partitions, nowNanos, Math.max(handoverNanos, LOST_NANOS));
    }

    private void leave(Collection<Integer> partitions, long nowNanos, long afterNanos) {
        for (Integer partition : partitions) {
            if (given.remove(partition) && afterNanos > 0) {
                leavingUntil.put(partition, nowNanos + afterNanos);
            }
        }
    }

    /** What is carried, from now on without those whose time is over. */
    Set<Integer> carried(long nowNanos) {
        leavingUntil.values().removeIf(until -> until - nowNanos <= 0);
        Set<Integer> carried = new TreeSet<>(given);
        carried.addAll(leavingUntil.keySet());
        return carried;
    }

    /** Those that were given, and not those that are on their way out. */
    Set<Integer> given() {
        return Set.copyOf(given);
    }

    /** When the next one's time is over. */
    OptionalLong nextEndNanos(long nowNanos) {
        return leavingUntil.values().stream().mapToLong(until -> until - nowNanos).min().stream()
                .map(left -> left + nowNanos)
                .findFirst();
    }
}
