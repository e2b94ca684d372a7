package io.tapeline.ingestor;

import io.tapeline.schemas.market.Instrument;
import java.util.Set;
import java.util.function.Supplier;

/** The instruments that are streamed as of now; none before the first list. Thread-safe. */
final class FollowedInstruments implements Supplier<Set<Instrument>> {

    private volatile Set<Instrument> instruments = Set.of();

    void set(Set<Instrument> newInstruments) {
        instruments = Set.copyOf(newInstruments);
    }

    @Override
    public Set<Instrument> get() {
        return instruments;
    }
}
