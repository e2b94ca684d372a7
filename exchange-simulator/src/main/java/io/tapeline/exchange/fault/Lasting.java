package io.tapeline.exchange.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long a fault goes on; it ends with the first of the two that is given, and without either
 * with {@code DELETE /sim/faults}.
 *
 * @param time since its beginning
 * @param count how often it strikes; what is counted, each kind says
 */
public record Lasting(Optional<Duration> time, OptionalInt count) {

    public Lasting {
        time.ifPresent(t -> Requirement.positive("Lasting.time", t));
        if (count.isPresent()) {
            Requirement.within("Lasting.count", count.getAsInt(), 1, 1_000_000_000);
        }
    }

    public static Lasting ever() {
        return new Lasting(Optional.empty(), OptionalInt.empty());
    }

    public static Lasting during(Duration time) {
        return new Lasting(Optional.of(time), OptionalInt.empty());
    }

    public static Lasting times(int count) {
        return new Lasting(Optional.empty(), OptionalInt.of(count));
    }

    public static Lasting once() {
        return times(1);
    }
}
