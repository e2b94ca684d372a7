package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Limits;
import io.tapeline.query.history.Order;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.ReadThrough.Fetched;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Pages that lack no minute which the exchange has: what neither state nor history holds is read
 * through to it.
 *
 * <p>A page covers candles that follow one another in time, {@code limit} of them or fewer: fewer
 * where the minutes that they lack are more than one question may fetch, and where the exchange has
 * none itself. What is left is the next page's.
 */
final class WholePages {

    /**
     * Asks are made in so many steps: first those that may show that nothing is there; then all
     * others; then those of a page that begins elsewhere because of what was learnt.
     */
    private static final int STEPS = 6;

    private final HistoryStore history;
    private final ReadThrough through;

    /**
     * What a page cost.
     *
     * @param requests made of the exchange for it, or shared with others
     * @param candles minutes that they brought
     */
    record Cost(int requests, long candles) {}

    /** A page, or why there is none. */
    sealed interface Outcome {

        Cost cost();

        record Whole(CandlePage page, Cost cost) implements Outcome {}

        /** The exchange does not have the instrument: what is held is all there is. */
        record Gone(Cost cost) implements Outcome {}

        record Lacking(Shortfall shortfall, Cost cost) implements Outcome {}
    }

    WholePages(HistoryStore history, ReadThrough through) {
        this.history = history;
        this.through = through;
    }

    boolean serves(Instrument instrument) {
        return through.serves(instrument);
    }

    /** Open time of the newest minute that is closed. */
    EpochMicros newestClosed() {
        return MinuteSpan.plus(through.closedUntil(), -1);
    }

    Outcome page(Instrument instrument, CandleRange range, HeldMinutes held) {
        Instant deadline = through.deadline();
        KnownMinutes fetched = new KnownMinutes();
        Set<Ask> asked = new HashSet<>();
        EpochMicros closed = through.closedUntil();
        EpochMicros toldEnd = closed;
        for (int step = 0; ; step++) {
            PageSlots slots = PageSlots.of(instrument, range, held, closed, toldEnd, through);
            PageInMaking page = new PageInMaking(slots, held, through, fetched);
            page.take(recorded(slots));
            page.bound(through.limits().minutes());
            for (MinuteSpan span : page.lackingSpans()) {
                read(instrument, span, page);
            }
            List<Ask> asks = page.asks().stream().filter(ask -> !asked.contains(ask)).toList();
            if (asks.isEmpty() || step == STEPS) {
                page.cut(asked);
                return new Outcome.Whole(page.finish(), cost(asked, fetched));
            }
            List<Ask> now = isProbing(step, range.order()) ? probes(asks, range.order()) : asks;
            asked.addAll(now);
            Fetched brought = through.fetch(now, deadline);
            fetched.addAll(brought.minutes());
            if (through.isGone(instrument)) {
                return new Outcome.Gone(cost(asked, fetched));
            }
            Shortfall shortfall = brought.shortfall();
            if (shortfall != null) {
                return new Outcome.Lacking(shortfall, cost(asked, fetched));
            }
            if (slots.isNewest(now.getFirst())
                    && now.getFirst() instanceof Ask.Before(_, EpochMicros end)) {
                toldEnd = fetched.endBefore(end, toldEnd);
            }
        }
    }

    private static Cost cost(Set<Ask> asked, KnownMinutes fetched) {
        return new Cost(asked.size(), fetched.count());
    }

    /**
     * Those that may show that there is nothing: where the newest minutes are; else the first block
     * and, of a page that goes back in time, what shows whether there are older minutes, and the
     * oldest block, whose answer begins at the listing if that is later.
     */
    private static List<Ask> probes(List<Ask> asks, Order order) {
        Ask first = asks.getFirst();
        if (first instanceof Ask.Before || order == Order.OLDEST_FIRST) {
            return List.of(first);
        }
        Set<Ask> probes = new LinkedHashSet<>();
        probes.add(first);
        asks.stream().filter(Ask.Before.class::isInstance).forEach(probes::add);
        probes.add(oldest(asks));
        return List.copyOf(probes);
    }

    private static boolean isProbing(int step, Order order) {
        return switch (order) {
            case OLDEST_FIRST -> step < 1;
            case NEWEST_FIRST -> step < 2;
        };
    }

    private static Ask oldest(List<Ask> asks) {
        Ask oldest = asks.getLast();
        for (Ask ask : asks.reversed()) {
            if (ask instanceof Ask.From from
                    && oldest instanceof Ask.From known
                    && known.minute().isAfter(from.minute())) {
                oldest = from;
            }
        }
        return oldest;
    }

    private List<CandlePart> recorded(PageSlots slots) {
        EpochMicros from = slots.from();
        EpochMicros to = slots.olderEnd().isAfter(slots.to()) ? slots.to() : slots.olderEnd();
        return slots.isEmpty() || !to.isAfter(from)
                ? List.of()
                : history.candles(
                        new CandleQuestion(
                                slots.instrument(),
                                slots.range().interval(),
                                from,
                                to,
                                Order.OLDEST_FIRST,
                                slots.count()));
    }

    /** The recorded minutes of candles that lack some. */
    private void read(Instrument instrument, MinuteSpan span, PageInMaking page) {
        EpochMicros at = span.from();
        List<CandlePart> minutes;
        do {
            minutes =
                    history.candles(
                            new CandleQuestion(
                                    instrument,
                                    Interval.ONE_MINUTE,
                                    at,
                                    span.to(),
                                    Order.OLDEST_FIRST,
                                    Limits.MOST_ROWS));
            page.takeMinutes(minutes);
            if (!minutes.isEmpty()) {
                at = MinuteSpan.plus(minutes.getLast().openTime(), 1);
            }
        } while (minutes.size() == Limits.MOST_ROWS && span.to().isAfter(at));
    }
}
