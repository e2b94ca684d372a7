package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.BackfillPacing;
import io.tapeline.aggregator.candle.MissingCandles;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The holes between closed candles that are not filled yet. Each is in the ledger and in a store,
 * so that it outlives the instance; how often it was asked for does not, and begins again.
 */
final class CandleHoles {

    private static final String CAUSE = "missing";

    private final KeyValueStore<CandleKey, Gap> store;
    private final CandleShelf shelf;
    private final FlowCounters counters;
    private final Map<CandleShelf.Series, Map<CandleKey, Hole>> open = new HashMap<>();

    /** Where entries of the ledger and requests go. */
    interface Outlet {
        void forward(Instrument instrument, String child, Object value);
    }

    /** A hole with how many of its candles are still missing. */
    private static final class Hole {
        final MissingCandles missing;
        final Gap entry;
        int remaining;
        BackfillPacing pacing = BackfillPacing.FRESH;

        Hole(MissingCandles missing, Gap entry, int remaining) {
            this.missing = missing;
            this.entry = entry;
            this.remaining = remaining;
        }
    }

    CandleHoles(KeyValueStore<CandleKey, Gap> store, CandleShelf shelf, FlowCounters counters) {
        this.store = store;
        this.shelf = shelf;
        this.counters = counters;
        try (KeyValueIterator<CandleKey, Gap> all = store.all()) {
            while (all.hasNext()) {
                var each = all.next();
                MissingCandles missing =
                        new MissingCandles(
                                each.key.instrument(),
                                each.key.interval(),
                                new EpochMicros(each.value.getFrom()),
                                new EpochMicros(each.value.getTo()));
                holesOf(missing).put(each.key, new Hole(missing, each.value, remaining(missing)));
            }
        }
    }

    private Map<CandleKey, Hole> holesOf(MissingCandles missing) {
        return open.computeIfAbsent(
                new CandleShelf.Series(missing.instrument(), missing.interval()),
                series -> new HashMap<>());
    }

    private int remaining(MissingCandles missing) {
        CandleShelf.Series series =
                new CandleShelf.Series(missing.instrument(), missing.interval());
        int remaining = 0;
        for (EpochMicros at = missing.from();
                !at.isAfter(missing.to());
                at = missing.interval().next(at)) {
            if (!shelf.isClosed(series, at)) {
                remaining++;
            }
        }
        return remaining;
    }

    void found(MissingCandles missing, EpochMicros found, EpochMicros now, Outlet outlet) {
        Gap entry =
                Gap.newBuilder()
                        .setId(missing.id())
                        .setInstrument(missing.instrument().id())
                        .setKind(GapKind.GAP_KIND_CANDLES)
                        .setCause(CAUSE)
                        .setFrom(missing.from().value())
                        .setTo(missing.to().value())
                        .setFoundUs(found.value())
                        .setOutcome(GapOutcome.GAP_OUTCOME_OPEN)
                        .build();
        Hole hole = new Hole(missing, entry, remaining(missing));
        if (holesOf(missing).putIfAbsent(key(missing), hole) != null) {
            return;
        }
        counters.count(Flow.CANDLE_GAPS_FOUND);
        store.put(key(missing), entry);
        outlet.forward(missing.instrument(), TopologyNames.GAPS, entry);
        ask(hole, now, outlet);
    }

    /** A candle closed, perhaps one of those missing. */
    void closed(Candle candle, EpochMicros now, Outlet outlet) {
        Map<CandleKey, Hole> ofSeries = open.get(CandleShelf.Series.of(candle));
        if (ofSeries == null) {
            return;
        }
        for (Iterator<Hole> holes = ofSeries.values().iterator(); holes.hasNext(); ) {
            Hole hole = holes.next();
            if (hole.missing.contains(candle.openTime()) && --hole.remaining == 0) {
                counters.count(Flow.CANDLE_GAPS_FILLED);
                String how = "candles of " + candle.origin().name().toLowerCase(Locale.ROOT);
                end(hole, GapOutcome.GAP_OUTCOME_FILLED, how, now, outlet);
                holes.remove();
            }
        }
    }

    /** Time passes: ask again, or give up. */
    void tick(EpochMicros now, Outlet outlet) {
        open.values().removeIf(Map::isEmpty);
        for (Map<CandleKey, Hole> ofSeries : open.values()) {
            tick(ofSeries, now, outlet);
        }
    }

    private void tick(Map<CandleKey, Hole> ofSeries, EpochMicros now, Outlet outlet) {
        for (Iterator<Hole> holes = ofSeries.values().iterator(); holes.hasNext(); ) {
            Hole hole = holes.next();
            switch (hole.pacing.decide(now)) {
                case WAIT -> {}
                case ASK -> ask(hole, now, outlet);
                case GIVE_UP -> {
                    counters.count(Flow.CANDLE_GAPS_UNFILLABLE);
                    String how =
                            hole.remaining
                                    + " candles were not told in "
                                    + BackfillPacing.MAX_ATTEMPTS
                                    + " requests";
                    end(hole, GapOutcome.GAP_OUTCOME_UNFILLABLE, how, now, outlet);
                    holes.remove();
                }
            }
        }
    }

    private void ask(Hole hole, EpochMicros now, Outlet outlet) {
        hole.pacing = hole.pacing.asked(now);
        MissingCandles missing = hole.missing;
        outlet.forward(
                missing.instrument(),
                TopologyNames.RESYNC,
                ResyncRequest.newBuilder()
                        .setInstrument(missing.instrument().id())
                        .setKind(ResyncKind.RESYNC_KIND_KLINES)
                        .setReason(CAUSE)
                        .setRequestedUs(now.value())
                        .setInterval(missing.interval().id())
                        .setFromUs(missing.from().value())
                        .setToUs(missing.to().value())
                        .build());
    }

    private void end(Hole hole, GapOutcome outcome, String how, EpochMicros now, Outlet outlet) {
        store.delete(key(hole.missing));
        outlet.forward(
                hole.missing.instrument(),
                TopologyNames.GAPS,
                hole.entry.toBuilder()
                        .setOutcome(outcome)
                        .setHow(how)
                        .setEndedUs(now.value())
                        .build());
    }

    private static CandleKey key(MissingCandles missing) {
        return new CandleKey(missing.instrument(), missing.interval(), missing.from());
    }
}
