package io.tapeline.ingestor.binance;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The streams that the exchange refused on a connection, and when each is asked for again: the
 * exchange does not say whether a refusal is for good. After one minute, two, four, at most fifteen
 * from the message that was refused. Not thread-safe. Times are of {@link System#nanoTime}.
 */
final class RefusedStreams {

    private static final long SHORTEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(15).toNanos();

    private record Pause(long nanos, long endNanos) {

        static Pause after(Pause before, long askedNanos) {
            return of(Math.min(2 * before.nanos, LONGEST_NANOS), askedNanos);
        }

        static Pause of(long nanos, long askedNanos) {
            return new Pause(nanos, askedNanos + nanos);
        }
    }

    private final Map<String, Pause> pauses = new HashMap<>();

    /**
     * Perhaps once more.
     *
     * @param askedNanos when it was asked for
     */
    void refused(String stream, long askedNanos) {
        pauses.merge(
                stream,
                Pause.of(SHORTEST_NANOS, askedNanos),
                (before, _) -> Pause.after(before, askedNanos));
    }

    /** These have been accepted. */
    void accepted(Collection<String> streams) {
        streams.forEach(pauses::remove);
    }

    /** The others are no longer wanted; wanted anew they are asked for at once. */
    void retain(Set<String> wanted) {
        pauses.keySet().retainAll(wanted);
    }

    /** Whether it was refused, and not accepted since. */
    boolean contains(String stream) {
        return pauses.containsKey(stream);
    }

    /** Whether it is not to be asked for yet. */
    boolean waits(String stream, long nowNanos) {
        Pause pause = pauses.get(stream);
        return pause != null && nowNanos - pause.endNanos < 0;
    }

    /** When the first of them is to be asked for again. */
    OptionalLong earliestNanos() {
        return pauses.values().stream()
                .mapToLong(Pause::endNanos)
                .reduce((one, other) -> one - other <= 0 ? one : other);
    }

    void reset() {
        pauses.clear();
    }
}
