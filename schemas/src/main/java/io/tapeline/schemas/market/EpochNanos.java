package io.tapeline.schemas.market;

import java.time.Instant;

/**
 * A time in nanoseconds since the epoch, UTC: the unit of receive times. Good until the year 2262.
 */
public record EpochNanos(long value) implements Comparable<EpochNanos> {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    public static EpochNanos of(Instant instant) {
        return new EpochNanos(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND),
                        instant.getNano()));
    }

    /** Down to the microsecond at or before. */
    public EpochMicros toMicros() {
        return new EpochMicros(Math.floorDiv(value, NANOS_PER_MICRO));
    }

    @Override
    public int compareTo(EpochNanos other) {
        return Long.compare(value, other.value);
    }
}
