package io.tapeline.schemas.market;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time in microseconds since the epoch, UTC: the unit of the clean topics. */
public record EpochMicros(long value) implements Comparable<EpochMicros> {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    public static EpochMicros of(Instant instant) {
        return new EpochMicros(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    public static EpochMicros ofMillis(long millis) {
        return new EpochMicros(Math.multiplyExact(millis, MICROS_PER_MILLI));
    }

    /** Down to the millisecond at or before. */
    public long toMillis() {
        return Math.floorDiv(value, MICROS_PER_MILLI);
    }

    public Instant toInstant() {
        return Instant.ofEpochSecond(
                Math.floorDiv(value, MICROS_PER_SECOND),
                Math.floorMod(value, MICROS_PER_SECOND) * 1_000);
    }

    public boolean isAfter(EpochMicros other) {
        return value > other.value;
    }

    @Override
    public int compareTo(EpochMicros other) {
        return Long.compare(value, other.value);
    }

    /** RFC 3339, UTC. */
    @Override
    public String toString() {
        return toInstant().toString();
    }
}
