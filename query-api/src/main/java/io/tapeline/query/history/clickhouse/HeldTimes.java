package io.tapeline.query.history.clickhouse;

import io.tapeline.schemas.market.EpochMicros;
import java.time.Instant;
import java.util.Optional;

/** The times that the engine's calendar functions handle: from 1970 to 2149. */
final class HeldTimes {

    private static final long END_US =
            EpochMicros.of(Instant.parse("2149-01-01T00:00:00Z")).value();

    private HeldTimes() {}

    static boolean holds(EpochMicros time) {
        return time.value() >= 0 && time.value() < END_US;
    }

    /** Why a row of that time cannot be held. */
    static Optional<String> refusal(EpochMicros time) {
        return holds(time)
                ? Optional.empty()
                : Optional.of("time " + time.value() + " us is not between 1970 and 2149");
    }

    /** As the bound of a question. */
    static long bound(EpochMicros time) {
        return Math.clamp(time.value(), 0, END_US);
    }
}
