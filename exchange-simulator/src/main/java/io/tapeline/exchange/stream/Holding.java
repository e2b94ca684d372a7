package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Holds events back for a time. Bounded: what is too much is handed on early, the oldest first. */
final class Holding implements EventFilter {

    private static final int MOST_HELD = 1_000_000;

    private final ActiveFault active;
    private final Duration by;
    private final InstantSource clock;
    private final Deque<Held> held = new ArrayDeque<>();

    private record Held(Instant due, Delivery event) {}

    Holding(ActiveFault active, Duration by, InstantSource clock) {
        this.active = active;
        this.by = by;
        this.clock = clock;
    }

    @Override
    public void take(Delivery event, Consumer<Delivery> onward) {
        active.strike(event.connection().text());
        held.add(new Held(clock.instant().plus(by), event));
        if (held.size() > MOST_HELD) {
            onward.accept(held.remove().event());
        }
    }

    @Override
    public void release(Instant now, Consumer<Delivery> onward) {
        while (!held.isEmpty() && !held.getFirst().due().isAfter(now)) {
            onward.accept(held.remove().event());
        }
    }

    @Override
    public void flush(Consumer<Delivery> onward) {
        while (!held.isEmpty()) {
            onward.accept(held.remove().event());
        }
    }
}
