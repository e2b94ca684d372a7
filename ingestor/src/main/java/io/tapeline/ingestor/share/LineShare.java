package io.tapeline.ingestor.share;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What this process carries of one line: the streamed instruments of the partitions that it holds.
 * Any number of venues listen, each to its own instruments. All is decided, and all listeners are
 * told, on the scheduler's single thread; only {@link #holds} and {@link #notes} may be asked from
 * others.
 */
public final class LineShare implements Share {

    private record Listener(
            Consumer<Set<Instrument>> follower, Supplier<Streaming> streaming, Carriage carriage) {}

    private final String line;
    private final int partitions;
    private final Duration handover;
    private final DecisionThread decisions;
    private final Clock clock;
    private final Holding holding;
    private final Map<Venue, Listener> listeners = new EnumMap<>(Venue.class);
    private final Map<Venue, Set<Instrument>> followed = new EnumMap<>(Venue.class);
    private Set<Instrument> streamed = Set.of();
    private volatile Set<Instrument> carried = Set.of();
    private volatile Map<Integer, Map<Venue, Carried>> notes = Map.of();

    /**
     * @param handover how long the streams of a partition go on after it was given up
     * @param scheduler of one thread
     */
    public LineShare(
            String line,
            int partitions,
            Duration handover,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.line = line;
        this.partitions = partitions;
        this.handover = handover;
        this.decisions = new DecisionThread("share of line " + line, scheduler);
        this.clock = clock;
        this.holding = new Holding(handover.toNanos());
    }

    public String line() {
        return line;
    }

    public Duration handover() {
        return handover;
    }

    /**
     * From now on the follower is told every change of what is to be streamed of the venue.
     *
     * @param streaming how its streams stand
     */
    public void listen(
            Venue venue, Consumer<Set<Instrument>> follower, Supplier<Streaming> streaming) {
        listeners.put(venue, new Listener(follower, streaming, new Carriage()));
        followed.put(venue, Set.of());
    }

    /** These are to be streamed by the installation, of all venues. */
    public void streamed(Set<Instrument> instruments) {
        streamed = Set.copyOf(instruments);
        follow();
    }

    /**
     * @param before of each partition, what the line said of it until now; no venues if nothing
     */
    public void assigned(Map<Integer, Map<Venue, Carried>> before) {
        EpochMicros now = EpochMicros.of(clock.instant());
        Set<Integer> kept = holding.carried(System.nanoTime());
        holding.assigned(before.keySet());
        before.forEach((partition, venues) ->
                listeners.forEach((venue, listener) -> {
                    if (!kept.contains(partition)) {
                        listener.carriage.assigned(partition, venues.get(venue), now);
                    }
                }));
        follow();
    }

    /** To be given up: carried on for the time of the handover. */
    public void revoked(Collection<Integer> gone) {
        holding.revoked(gone, System.nanoTime());
        follow();
        alarm();
    }

    /**
     * Somebody else may have these by now, or nobody if this process alone was not heard of: they
     * are carried on for as long as it takes to join again.
     */
    public void lost(Collection<Integer> gone) {
        holding.lost(gone, System.nanoTime());
        follow();
        alarm();
    }

    private void alarm() {
        long now = System.nanoTime();
        OptionalLong end = holding.nextEndNanos(now);
        if (end.isPresent()) {
            var _ =
                    decisions.at(
                            end.getAsLong(),
                            () -> {
                                follow();
                                alarm();
                            });
        }
    }

    private void follow() {
        Set<Integer> held = holding.carried(System.nanoTime());
        Map<Venue, Set<Instrument>> next = new EnumMap<>(Venue.class);
        listeners.keySet().forEach(venue -> next.put(venue, new LinkedHashSet<>()));
        for (Instrument instrument : streamed) {
            Set<Instrument> ofVenue = next.get(instrument.venue());
            if (ofVenue != null && held.contains(partitionOf(instrument))) {
                ofVenue.add(instrument);
            }
        }
        Set<Instrument> all = new LinkedHashSet<>();
        next.values().forEach(all::addAll);
        carried = Set.copyOf(all);
        next.forEach((venue, instruments) -> {
            if (!instruments.equals(followed.put(venue, instruments))) {
                Optional.ofNullable(listeners.get(venue))
                        .ifPresent(listener -> listener.follower.accept(Set.copyOf(instruments)));
            }
        });
        listeners.values().forEach(listener -> listener.carriage.keep(held));
        note();
    }

    /** Looks how the streams stand; what {@link #notes} tells is as old as the last look. */
    public void note() {
        EpochMicros now = EpochMicros.of(clock.instant());
        Map<Integer, Map<Venue, Carried>> next = new HashMap<>();
        listeners.forEach((venue, listener) -> {
            listener.carriage.advance(listener.streaming.get(), now);
            for (int partition : holding.given()) {
                listener.carriage
                        .of(partition)
                        .ifPresent(note ->
                                next.computeIfAbsent(partition, _ -> new EnumMap<>(Venue.class))
                                        .put(venue, note));
            }
        });
        notes = next;
    }

    /** What this line can say of each partition that was given to this process. Thread-safe. */
    public Map<Integer, Map<Venue, Carried>> notes() {
        return notes;
    }

    /** Until when this line was carried by somebody else before this process took it. */
    public Optional<EpochMicros> carriedBefore(Instrument instrument) {
        return Optional.ofNullable(listeners.get(instrument.venue()))
                .flatMap(listener -> listener.carriage.before(partitionOf(instrument)));
    }

    /** Whether this process streams it on this line. Thread-safe. */
    @Override
    public boolean holds(Instrument instrument) {
        return carried.contains(instrument);
    }

    /** All that this process streams on this line. Thread-safe. */
    public Set<Instrument> carried() {
        return carried;
    }

    private int partitionOf(Instrument instrument) {
        return InstrumentPartitioner.partitionOf(instrument, partitions);
    }
}
