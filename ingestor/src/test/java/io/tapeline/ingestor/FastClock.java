package io.tapeline.ingestor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes so many times as fast as the machine's, so that tests see minutes pass. */
public final class FastClock extends Clock {

    private final Instant start;
    private final long startNanos = System.nanoTime();
    private final int times;

    public FastClock(Instant start, int times) {
        this.start = start;
        this.times = times;
    }

    @Override
    public Instant instant() {
        return start.plusNanos((System.nanoTime() - startNanos) * times);
    }

    /** How long the machine takes for so much of this clock's time; at least a nanosecond. */
    public Duration real(Duration span) {
        return span.dividedBy(times).plusNanos(1);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("always UTC");
    }
}
