package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.share.Interruption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of the streams that are wanted and not carried, why not. Not thread-safe. */
final class Interruptions {

    private final Map<String, Interruption> waiting = new HashMap<>();

    /**
     * @param first of those that were not wanted before
     */
    void want(Set<String> before, Set<String> after, Interruption first) {
        waiting.keySet().retainAll(after);
        after.stream()
                .filter(stream -> !before.contains(stream))
                .forEach(stream -> waiting.put(stream, first));
    }

    /** Nobody carries these any more; what began earlier goes on. */
    void lost(Collection<String> streams, long newestNanos, String reason) {
        Interruption lost = Interruption.lost(newestNanos, reason);
        streams.forEach(stream -> waiting.putIfAbsent(stream, lost));
    }

    void put(Map<String, Interruption> interrupted) {
        interrupted.forEach(waiting::putIfAbsent);
    }

    /** These are confirmed: what is thereby over. Nothing of those that another still carries. */
    List<SlotAction.Carried> carried(Collection<String> confirmed) {
        Map<Interruption, List<String>> over = new LinkedHashMap<>();
        for (String stream : confirmed) {
            Interruption interruption = waiting.remove(stream);
            if (interruption != null) {
                over.computeIfAbsent(interruption, _ -> new ArrayList<>()).add(stream);
            }
        }
        List<SlotAction.Carried> told = new ArrayList<>();
        over.forEach((after, streams) -> told.add(new SlotAction.Carried(streams, after)));
        return told;
    }
}
