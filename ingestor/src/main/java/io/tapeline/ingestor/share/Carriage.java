package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Since when and until when a line carries a venue's instruments, partition by partition. Not
 * thread-safe.
 *
 * <p>While streams are not subscribed the time stands still, however long, since what they miss is
 * told only when they come. Those that the exchange refuses do not hold it: they may never come.
 */
final class Carriage {

    private final Map<Integer, Carried> partitions = new HashMap<>();
    private final Map<Integer, Carried> before = new HashMap<>();

    /**
     * @param previous what the line said before this process took the partition; null if nothing
     */
    void assigned(int partition, @Nullable Carried previous, EpochMicros now) {
        if (previous == null) {
            before.remove(partition);
            partitions.put(partition, new Carried(now, now));
        } else {
            before.put(partition, previous);
            partitions.put(partition, previous);
        }
    }

    /** Forgets all others. */
    void keep(Collection<Integer> held) {
        partitions.keySet().retainAll(held);
        before.keySet().retainAll(held);
    }

    void advance(Streaming streaming, EpochMicros now) {
        if (streaming == Streaming.ALL) {
            partitions.replaceAll((_, carried) ->
                    now.isAfter(carried.until()) ? new Carried(carried.since(), now) : carried);
        }
    }

    Optional<Carried> of(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** Until when somebody else had carried the partition before this process did. */
    Optional<EpochMicros> before(int partition) {
        return Optional.ofNullable(before.get(partition)).map(Carried::until);
    }
}
