package io.tapeline.ingestor.discovery;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's copy of the registry: what itself and the other processes have entered. Changed on
 * the scheduler's single thread; what is streamed may be asked from any. An entry that could not be
 * written is written again.
 */
public final class Registry {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final InstrumentRegistry entries;
    private final InstrumentWriter writer;
    private final DecisionThread decisions;
    private final Clock clock;
    private final Duration afterFailure;
    private final List<Consumer<Set<Instrument>>> followers = new ArrayList<>();
    private volatile Map<Instrument, EpochMicros> streamed;

    /**
     * @param before entries of an earlier run, or of other processes
     * @param scheduler of one thread
     */
    public Registry(
            Collection<InstrumentInfo> before,
            InstrumentWriter writer,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this(before, writer, scheduler, clock, AFTER_FAILURE);
    }

    /**
     * @param afterFailure when what could not be written is written again
     */
    Registry(
            Collection<InstrumentInfo> before,
            InstrumentWriter writer,
            ScheduledExecutorService scheduler,
            Clock clock,
            Duration afterFailure) {
        this.entries = new InstrumentRegistry(before);
        this.writer = writer;
        this.decisions = new DecisionThread("registry", scheduler);
        this.afterFailure = afterFailure;
        this.clock = clock;
        this.streamed = entries.streamed();
    }

    /** The follower is told what is streamed now, and every change of it. */
    public void follow(Consumer<Set<Instrument>> follower) {
        followers.add(follower);
        follower.accept(streamed.keySet());
    }

    /**
     * Enters what a venue has; what it no longer has is entered as delisted. Only what differs from
     * the entries that are known is written.
     *
     * @param listed all that the venue has now
     * @return named symbols that the venue does not have
     */
    public Set<String> update(Venue venue, Selection selection, Collection<InstrumentInfo> listed) {
        InstrumentRegistry.Change change =
                entries.update(venue, selection, listed, EpochMicros.of(clock.instant()));
        change.changed().forEach(this::write);
        tell();
        return change.unknown();
    }

    /**
     * Enters what the settings name of a venue; what they no longer name is entered as streamed no
     * more. Only what differs from the entries that are known is written, so that every process may
     * do it. Thread-safe: it is done soon, on the scheduler's thread.
     */
    public void configure(ConfiguredInstruments configured) {
        decisions.post(() -> {
            entries.configure(configured, EpochMicros.of(clock.instant())).forEach(this::write);
            tell();
        });
    }

    /** Takes entries as they stand in the topic, in their order. */
    public void learned(Collection<InstrumentInfo> written) {
        boolean changed = false;
        for (InstrumentInfo entry : written) {
            changed |= entries.learned(entry);
        }
        if (changed) {
            tell();
        }
    }

    private void tell() {
        Map<Instrument, EpochMicros> next = entries.streamed();
        Set<Instrument> before = streamed.keySet();
        streamed = next;
        if (!next.keySet().equals(before)) {
            log.atInfo()
                    .addKeyValue("instruments", next.size())
                    .addKeyValue("before", before.size())
                    .log("the instruments to stream have changed");
            followers.forEach(follower -> follower.accept(next.keySet()));
        }
    }

    private void write(InstrumentInfo entry) {
        var _ =
                writer.write(entry)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("instrument", entry.getInstrument())
                                        .addKeyValue("reason", failure.toString())
                                        .log("an entry of the registry was not written");
                                var _ = decisions.after(afterFailure, () -> again(entry));
                            }
                        });
    }

    /** Unless another has taken its place since. */
    private void again(InstrumentInfo entry) {
        if (entries.stands(entry)) {
            write(entry);
        }
    }

    /** What the installation streams of a venue. Thread-safe. */
    public Set<Instrument> streamed(Venue venue) {
        return streamed.keySet().stream()
                .filter(instrument -> instrument.venue() == venue)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the installation streams it. Thread-safe. */
    public boolean streams(Instrument instrument) {
        return streamed.containsKey(instrument);
    }

    /** Since when at the latest the installation is to stream it; empty if not. Thread-safe. */
    public Optional<EpochMicros> streamedSince(Instrument instrument) {
        return Optional.ofNullable(streamed.get(instrument));
    }
}
