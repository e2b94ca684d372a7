package io.tapeline.ingestor.discovery;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the instruments of all venues, and what a new list of a venue's, the settings,
 * or an entry that another process has written, change of it. Not thread-safe.
 */
final class InstrumentRegistry {

    /**
     * @param changed entries to be written, whole
     * @param followed the venue's instruments to stream from now on
     * @param unknown named symbols that the venue does not have, in order
     */
    record Change(List<InstrumentInfo> changed, Set<Instrument> followed, Set<String> unknown) {

        Change {
            changed = List.copyOf(changed);
            followed = Set.copyOf(followed);
        }
    }

    private final Map<String, InstrumentInfo> known = new LinkedHashMap<>();
    private final Map<Instrument, EpochMicros> streamedSince = new HashMap<>();

    /**
     * @param before entries of an earlier run, none if this is the first
     */
    InstrumentRegistry(Collection<InstrumentInfo> before) {
        before.forEach(this::put);
    }

    /**
     * Takes an entry as it stands in the topic, unless what is known is newer: then it is the echo
     * of an entry that this process has replaced since.
     *
     * @return whether that changes what is streamed
     */
    boolean learned(InstrumentInfo entry) {
        InstrumentInfo before = known.get(entry.getInstrument());
        if (before != null && before.getUpdatedUs() > entry.getUpdatedUs()) {
            return false;
        }
        put(entry);
        return (before != null && before.getStreamed()) != entry.getStreamed();
    }

    private void put(InstrumentInfo entry) {
        known.put(entry.getInstrument(), entry);
        Instrument instrument = Instrument.parse(entry.getInstrument());
        if (entry.getStreamed()) {
            streamedSince.putIfAbsent(instrument, new EpochMicros(entry.getUpdatedUs()));
        } else {
            streamedSince.remove(instrument);
        }
    }

    /** What is to be streamed of all venues, and since when at the latest. */
    Map<Instrument, EpochMicros> streamed() {
        return Map.copyOf(streamedSince);
    }

    /**
     * @param listed all that the venue has now; its other entries are delisted
     */
    Change update(
            Venue venue, Selection selection, Collection<InstrumentInfo> listed, EpochMicros now) {
        List<InstrumentInfo> changed = new ArrayList<>();
        Set<Instrument> followed = new LinkedHashSet<>();
        Set<String> present = new HashSet<>();
        for (InstrumentInfo found : listed) {
            present.add(found.getInstrument());
            InstrumentInfo before = known.get(found.getInstrument());
            boolean streamed = wanted(selection, found, before);
            if (streamed) {
                followed.add(Instrument.parse(found.getInstrument()));
            }
            remember(found.toBuilder().setStreamed(streamed).build(), before, now, changed);
        }
        for (InstrumentInfo before : List.copyOf(known.values())) {
            if (!present.contains(before.getInstrument())
                    && Instrument.parse(before.getInstrument()).venue() == venue) {
                remember(delisted(before), before, now, changed);
            }
        }
        return new Change(changed, followed, unknown(selection, followed));
    }

    /**
     * Of one that is no longer named nothing is known but that it is streamed no more.
     *
     * @return entries to be written, whole
     */
    List<InstrumentInfo> configure(ConfiguredInstruments configured, EpochMicros now) {
        List<InstrumentInfo> changed = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (InstrumentInfo entry : configured.entries()) {
            named.add(entry.getInstrument());
            remember(entry, known.get(entry.getInstrument()), now, changed);
        }
        for (InstrumentInfo before : List.copyOf(known.values())) {
            if (!named.contains(before.getInstrument())
                    && Instrument.parse(before.getInstrument()).venue() == configured.venue()) {
                remember(before.toBuilder().setStreamed(false).build(), before, now, changed);
            }
        }
        return changed;
    }

    /** Followed as well while halted: it may resume before the next list is fetched. */
    private static boolean wanted(
            Selection selection, InstrumentInfo found, @Nullable InstrumentInfo before) {
        return switch (selection) {
            case Selection.AllTrading() ->
                    switch (found.getStatus()) {
                        case INSTRUMENT_STATUS_TRADING -> true;
                        case INSTRUMENT_STATUS_DELISTED -> false;
                        case INSTRUMENT_STATUS_HALTED,
                                INSTRUMENT_STATUS_UNSPECIFIED,
                                UNRECOGNIZED ->
                                before != null && before.getStreamed();
                    };
            case Selection.Named(Set<String> symbols) ->
                    symbols.contains(Instrument.parse(found.getInstrument()).symbol());
        };
    }

    private static InstrumentInfo delisted(InstrumentInfo before) {
        return before.toBuilder()
                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                .setStreamed(false)
                .build();
    }

    private void remember(
            InstrumentInfo found,
            @Nullable InstrumentInfo before,
            EpochMicros now,
            List<InstrumentInfo> changed) {
        InstrumentInfo.Builder next = found.toBuilder().setUpdatedUs(now.value());
        if (before == null) {
            next.setFirstSeenUs(now.value());
        } else {
            next.setFirstSeenUs(before.getFirstSeenUs());
            if (next.setUpdatedUs(before.getUpdatedUs()).build().equals(before)) {
                return;
            }
            next.setUpdatedUs(now.value());
        }
        InstrumentInfo entry = next.build();
        put(entry);
        changed.add(entry);
    }

    private static Set<String> unknown(Selection selection, Set<Instrument> followed) {
        return switch (selection) {
            case Selection.AllTrading() -> Set.of();
            case Selection.Named(Set<String> symbols) -> {
                Set<String> unknown = new TreeSet<>(symbols);
                followed.forEach(instrument -> unknown.remove(instrument.symbol()));
                yield unknown;
            }
        };
    }

    /** Whether it is what is known of its instrument, and no other has replaced it. */
    boolean stands(InstrumentInfo entry) {
        return entry.equals(known.get(entry.getInstrument()));
    }
}
