package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.BackfillPacing;
import io.tapeline.aggregator.candle.MissingCandles;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The holes between closed candles that are not filled yet. Each is in the ledger and in a store,
 * so that it outlives the instance; how often it was asked for does not, and begins again.
 */
final class CandleHoles {

    /** Spans of left out candles that an entry names, before it only counts them. */
    private static final int MOST_SPANS = 8;

    private final KeyValueStore<CandleKey, Gap> store;
    private final CandleShelf shelf;
    private final FlowCounters counters;
    private final Map<CandleShelf.Series, Map<CandleKey, CandleHole>> open = new HashMap<>();

    /** Where entries of the ledger and requests go. */
    interface Outlet {
        void forward(Instrument instrument, String child, Object value);
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
                holesOf(missing)
                        .put(each.key, new CandleHole(missing, each.value, remaining(missing)));
            }
        }
    }

    private Map<CandleKey, CandleHole> holesOf(MissingCandles missing) {
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

    /**
     * A candle showed others to be missing, or itself. Those older than the candles that are kept
     * would not be taken if they came, and are given up at once.
     */
    void found(MissingCandles missing, EpochMicros found, EpochMicros now, Outlet outlet) {
        EpochMicros oldest =
                shelf.oldestKept(new CandleShelf.Series(missing.instrument(), missing.interval()));
        MissingCandles lost = oldest == null ? null : missing.before(oldest);
        if (lost != null) {
            giveUp(lost, found, now, outlet);
        }
        MissingCandles wanted = oldest == null ? missing : missing.from(oldest);
        if (wanted != null) {
            want(wanted, found, now, outlet);
        }
    }

    private void giveUp(MissingCandles lost, EpochMicros found, EpochMicros now, Outlet outlet) {
        CandleHole hole = new CandleHole(lost, CandleHole.entry(lost, found), 0);
        counters.count(Flow.CANDLE_GAPS_FOUND);
        counters.count(Flow.CANDLE_GAPS_UNFILLABLE);
        outlet.forward(lost.instrument(), TopologyNames.CANDLE_GAPS, hole.entry);
        outlet.forward(
                lost.instrument(),
                TopologyNames.CANDLE_GAPS,
                hole.ended(GapOutcome.GAP_OUTCOME_UNFILLABLE, "older than the candles kept", now));
    }

    private void want(MissingCandles wanted, EpochMicros found, EpochMicros now, Outlet outlet) {
        CandleHole hole =
                new CandleHole(wanted, CandleHole.entry(wanted, found), remaining(wanted));
        Map<CandleKey, CandleHole> known = holesOf(wanted);
        if (known.values().stream().anyMatch(each -> each.missing.contains(wanted))) {
            return;
        }
        known.put(hole.key(), hole);
        counters.count(Flow.CANDLE_GAPS_FOUND);
        store.put(hole.key(), hole.entry);
        outlet.forward(wanted.instrument(), TopologyNames.CANDLE_GAPS, hole.entry);
        ask(hole, now, outlet);
    }

    /** REST told a candle: where it is the one after a hole, the answer to its request is here. */
    void answered(Candle candle) {
        Map<CandleKey, CandleHole> ofSeries = open.get(CandleShelf.Series.of(candle));
        if (ofSeries == null) {
            return;
        }
        for (CandleHole hole : ofSeries.values()) {
            if (hole.missing.next().equals(candle.openTime())) {
                hole.pacing = hole.pacing.gotAnswer();
            }
        }
    }

    /** A candle closed, perhaps one of those missing. */
    void closed(Candle candle, EpochMicros now, Outlet outlet) {
        Map<CandleKey, CandleHole> ofSeries = open.get(CandleShelf.Series.of(candle));
        if (ofSeries == null) {
            return;
        }
        for (Iterator<CandleHole> holes = ofSeries.values().iterator(); holes.hasNext(); ) {
            CandleHole hole = holes.next();
            if (hole.missing.contains(candle.openTime()) && --hole.remaining == 0) {
                counters.count(Flow.CANDLE_GAPS_FILLED);
                String how = "candles of " + candle.origin().name().toLowerCase(Locale.ROOT);
                end(hole, GapOutcome.GAP_OUTCOME_FILLED, how, now, outlet);
                holes.remove();
            }
        }
    }

    /**
     * Time passes: ask again, or give up. What is older than the candles kept by now would not be
     * taken if it came.
     */
    void tick(EpochMicros now, Outlet outlet) {
        open.values().removeIf(Map::isEmpty);
        for (Map<CandleKey, CandleHole> ofSeries : open.values()) {
            tick(ofSeries, now, outlet);
        }
    }

    private void tick(Map<CandleKey, CandleHole> ofSeries, EpochMicros now, Outlet outlet) {
        for (Iterator<CandleHole> holes = ofSeries.values().iterator(); holes.hasNext(); ) {
            CandleHole hole = holes.next();
            switch (hole.pacing.decide(now)) {
                case WAIT -> {}
                case ASK -> {
                    if (isTooOld(hole.missing)) {
                        giveUp(hole, tooLate(hole.pacing), now, outlet);
                        holes.remove();
                    } else {
                        ask(hole, now, outlet);
                    }
                }
                case GIVE_UP -> {
                    String exchange =
                            "were left out of "
                                    + hole.pacing.answers()
                                    + " answers of the exchange";
                    giveUp(hole, exchange, now, outlet);
                    holes.remove();
                }
            }
        }
    }

    private void giveUp(CandleHole hole, String why, EpochMicros now, Outlet outlet) {
        counters.count(Flow.CANDLE_GAPS_UNFILLABLE);
        end(hole, GapOutcome.GAP_OUTCOME_UNFILLABLE, told(hole, why), now, outlet);
    }

    private boolean isTooOld(MissingCandles missing) {
        EpochMicros oldest =
                shelf.oldestKept(new CandleShelf.Series(missing.instrument(), missing.interval()));
        return oldest != null && missing.from(oldest) == null;
    }

    private static String tooLate(BackfillPacing pacing) {
        return "did not come before they were older than the candles kept, though asked for "
                + pacing.attempts()
                + " times ("
                + (pacing.answers() == 0 ? "nobody" : "the exchange")
                + " answered)";
    }

    /** How many candles did not come, why, and which. */
    private String told(CandleHole hole, String why) {
        return hole.remaining
                + " of "
                + hole.missing.count()
                + " candles "
                + why
                + ": "
                + spans(hole.missing);
    }

    /** The open times that are still missing, as spans. */
    private String spans(MissingCandles missing) {
        CandleShelf.Series series =
                new CandleShelf.Series(missing.instrument(), missing.interval());
        StringBuilder spans = new StringBuilder();
        int count = 0;
        @Nullable EpochMicros begin = null;
        EpochMicros end = missing.from();
        for (EpochMicros at = missing.from(); ; at = missing.interval().next(at)) {
            boolean isMissing = !at.isAfter(missing.to()) && !shelf.isClosed(series, at);
            if (isMissing) {
                begin = begin == null ? at : begin;
                end = at;
            } else if (begin != null) {
                count++;
                if (count > MOST_SPANS) {
                    return spans.append(", ...").toString();
                }
                spans.append(count > 1 ? ", " : "").append(begin);
                if (!begin.equals(end)) {
                    spans.append(" to ").append(end);
                }
                begin = null;
            }
            if (at.isAfter(missing.to())) {
                return spans.toString();
            }
        }
    }

    private void ask(CandleHole hole, EpochMicros now, Outlet outlet) {
        hole.pacing = hole.pacing.asked(now);
        outlet.forward(hole.missing.instrument(), TopologyNames.CANDLE_RESYNC, hole.request(now));
    }

    private void end(
            CandleHole hole, GapOutcome outcome, String how, EpochMicros now, Outlet outlet) {
        store.delete(hole.key());
        outlet.forward(
                hole.missing.instrument(),
                TopologyNames.CANDLE_GAPS,
                hole.ended(outcome, how, now));
    }
}
