package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Since when and until when a line carries a venue's instruments, partition by partition. Not
 * thread-safe.
 *
 * <p>While some streams are not subscribed the time stands still, since what they miss is told only
 * when they come; but not for ever, as the exchange refuses some for good.
 */
final class Carriage {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Map<Integer, Carried> partitions = new HashMap<>();
    private final Map<Integer, Carried> before = new HashMap<>();
    private @Nullable EpochMicros incompleteSince;

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
        incompleteSince = null;
    }

    /** Forgets all others. */
    void keep(Collection<Integer> held) {
        partitions.keySet().retainAll(held);
        before.keySet().retainAll(held);
    }

    void advance(Streaming streaming, EpochMicros now) {
        if (streaming == Streaming.ALL) {
            incompleteSince = null;
        } else if (incompleteSince == null) {
            incompleteSince = now;
        }
        boolean stands =
                switch (streaming) {
                    case ALL -> false;
                    case NONE -> true;
                    case SOME -> !waitedLong(now);
                };
        if (!stands) {
            partitions.replaceAll((_, carried) ->
                    now.isAfter(carried.until()) ? new Carried(carried.since(), now) : carried);
        }
    }

    private boolean waitedLong(EpochMicros now) {
        EpochMicros since = incompleteSince;
        return since != null && now.value() - since.value() >= LONGEST_WAIT.toNanos() / 1_000;
    }

    Optional<Carried> of(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** Until when somebody else had carried the partition before this process did. */
    Optional<EpochMicros> before(int partition) {
        return Optional.ofNullable(before.get(partition)).map(Carried::until);
    }
}
