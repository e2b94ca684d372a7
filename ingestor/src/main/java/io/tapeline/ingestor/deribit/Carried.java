package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochNanos;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Until when a line carried the channels that it does not carry now. Not thread-safe. */
final class Carried {

    private final Map<String, Interruption> interruptions = new HashMap<>();

    /**
     * @param receivedNanos when the newest message came, nanoseconds since the epoch; 0 if none
     */
    void interrupted(String channel, long receivedNanos, String cause) {
        if (receivedNanos > 0) {
            interruptions.putIfAbsent(
                    channel,
                    new Interruption(Optional.of(new EpochNanos(receivedNanos).toMicros()), cause));
        }
    }

    /** The channel is carried again. */
    Interruption ended(String channel) {
        Interruption ended = interruptions.remove(channel);
        return ended == null ? Interruption.START : ended;
    }

    /** What is no longer wanted is not missed. */
    void retain(Collection<String> channels) {
        interruptions.keySet().retainAll(channels);
    }
}
