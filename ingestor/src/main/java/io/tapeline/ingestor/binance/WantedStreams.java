package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.share.Interruption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a slot is to carry, and why it does not carry it all. Not thread-safe. */
final class WantedStreams {

    private final Interruptions interruptions = new Interruptions();
    private Set<String> streams = Set.of();

    Set<String> streams() {
        return streams;
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    int count(Predicate<String> which) {
        return (int) streams.stream().filter(which).count();
    }

    /**
     * From now on these, and no others. What has not been left yet is taken again as it is.
     *
     * @param first of those that were not wanted before
     */
    List<SlotAction.Carried> become(Set<String> others, Interruption first, SlotState state) {
        Set<String> before = streams;
        interruptions.want(before, others, first);
        streams = others;
        return interruptions.carried(
                others.stream().filter(s -> !before.contains(s) && state.holds(s)).toList());
    }

    /** The exchange has confirmed these: what is thereby over. */
    List<SlotAction.Carried> carried(Collection<String> confirmed) {
        return interruptions.carried(confirmed);
    }

    void interrupted(Map<String, Interruption> missing) {
        interruptions.put(missing);
    }

    /** Of what the one had, all that is wanted and the other, maybe itself, does not hold. */
    void lost(Leg gone, Leg other, long newestNanos, String reason) {
        interruptions.lost(
                gone.subscriptions().takeSubscribed().stream()
                        .filter(s -> streams.contains(s) && !other.subscriptions().holds(s))
                        .toList(),
                newestNanos,
                reason);
    }
}
