package io.tapeline.query.mirror;

import io.tapeline.schemas.market.EpochMicros;
import java.util.Optional;

/** In which unit a client wants the times of its answers (EXCHANGES.md A.2). */
public enum TimeUnitAsked {
    MILLISECOND,
    MICROSECOND;

    /** Spelled in capitals or without any; empty for everything else. */
    public static Optional<TimeUnitAsked> of(String text) {
        return switch (text) {
            case "MILLISECOND", "millisecond" -> Optional.of(MILLISECOND);
            case "MICROSECOND", "microsecond" -> Optional.of(MICROSECOND);
            default -> Optional.empty();
        };
    }

    long number(EpochMicros time) {
        return switch (this) {
            case MILLISECOND -> time.toMillis();
            case MICROSECOND -> time.value();
        };
    }
}
