package io.tapeline.chaos.market;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, or so much beside it. */
public final class MovedClock implements InstantSource {

    private final InstantSource machine = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;

    /** From now on it shows that much more, or less, than the machine's. */
    public void move(Duration newOffset) {
        offset = newOffset;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset);
    }
}
