package io.tapeline.query.registry;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every instrument that the registry's topic names, by venue and symbol. Thread-safe, bounded. */
public final class InstrumentRegistry {

    private static final Comparator<Instrument> BY_VENUE_AND_SYMBOL =
            Comparator.comparing(Instrument::venue).thenComparing(Instrument::symbol);

    private final ConcurrentSkipListMap<Instrument, InstrumentInfo> all =
            new ConcurrentSkipListMap<>(BY_VENUE_AND_SYMBOL);
    private final int most;
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param most instruments that are held: what comes beyond them is counted and not kept
     */
    public InstrumentRegistry(int most) {
        this.most = most;
    }

    /** The instrument as it is now. */
    public void put(Instrument instrument, InstrumentInfo info) {
        if (all.size() >= most && !all.containsKey(instrument)) {
            refused.incrementAndGet();
            return;
        }
        all.put(instrument, info);
    }

    /** The registry no longer names it. */
    public void remove(Instrument instrument) {
        all.remove(instrument);
    }

    public Optional<InstrumentInfo> of(Instrument instrument) {
        return Optional.ofNullable(all.get(instrument));
    }

    public int size() {
        return all.size();
    }

    /** Instruments beyond the bound. Alert when it is not zero. */
    public long refused() {
        return refused.get();
    }

    /**
     * In order of venue and symbol.
     *
     * @param after only what comes after it; null: from the first
     */
    public List<InstrumentInfo> list(
            @Nullable Instrument after, Predicate<InstrumentInfo> wanted, int limit) {
        var part = after == null ? all : all.tailMap(after, false);
        return part.values().stream().filter(wanted).limit(limit).toList();
    }
}
