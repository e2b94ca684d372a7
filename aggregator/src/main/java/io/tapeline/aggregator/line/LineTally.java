package io.tapeline.aggregator.line;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.Venue;
import java.util.concurrent.atomic.LongAdder;

/** Counts {@link LineFlow} of one line's records of one kind. Any thread writes, anyone reads. */
public final class LineTally {

    private final Venue venue;
    private final String line;
    private final LineKind kind;
    private volatile long newestReceivedNanos;
    private final LongAdder[] counters = new LongAdder[LineFlow.values().length];

    LineTally(Venue venue, String line, LineKind kind) {
        this.venue = venue;
        this.line = line;
        this.kind = kind;
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    public Venue venue() {
        return venue;
    }

    /** The line's name: {@code a}, {@code b}, {@code rest}, ... */
    public String line() {
        return line;
    }

    public LineKind kind() {
        return kind;
    }

    /** Whether it counts a line of that name. */
    public boolean isOf(Venue ofVenue, String name) {
        return venue == ofVenue && line.equals(name);
    }

    public void count(LineFlow flow) {
        counters[flow.ordinal()].increment();
    }

    public void count(LineFlow flow, long times) {
        counters[flow.ordinal()].add(times);
    }

    /** A record came that an ingestor received at this time. */
    public void receivedAt(EpochNanos received) {
        if (received.value() > newestReceivedNanos) {
            newestReceivedNanos = received.value();
        }
    }

    /**
     * When an ingestor received the newest record, nanoseconds since the epoch; 0 where there was
     * none. Of several threads that tell one may overwrite what another has just told, by a moment.
     */
    public long newestReceivedNanos() {
        return newestReceivedNanos;
    }

    public long of(LineFlow flow) {
        return counters[flow.ordinal()].sum();
    }
}
