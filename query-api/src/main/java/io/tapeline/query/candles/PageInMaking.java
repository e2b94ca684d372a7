package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Order;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page's candles as far as they are known, and what they lack. A candle that the history holds
 * whole is taken as it rolled it up; of one that lacks a minute all minutes are read, so that each
 * is counted once, whenever what was fetched comes to the history.
 */
final class PageInMaking {

    private static final int NEAR_MINUTES = 1_000;

    private final HeldMinutes held;
    private final ReadThrough through;
    private final KnownMinutes fetched;
    private final KnownMinutes recorded = new KnownMinutes();
    private final Map<EpochMicros, CandlePart> whole = new HashMap<>();
    private final List<EpochMicros> lacking = new ArrayList<>();
    private PageSlots slots;

    /**
     * @param fetched what the exchange told for this question
     */
    PageInMaking(PageSlots slots, HeldMinutes held, ReadThrough through, KnownMinutes fetched) {
        this.slots = slots;
        this.held = held;
        this.through = through;
        this.fetched = fetched;
    }

    /** What the history holds of the page's candles. */
    void take(List<CandlePart> parts) {
        Map<EpochMicros, CandlePart> byOpenTime = new HashMap<>();
        parts.forEach(part -> byOpenTime.put(part.openTime(), part));
        for (EpochMicros slot : slots.slots()) {
            CandlePart part = byOpenTime.get(slot);
            MinuteSpan older = slots.older(slot);
            if ((part == null ? 0 : part.minutes()) < expected(older)) {
                lacking.add(slot);
            } else if (part != null) {
                whole.put(slot, part);
            }
        }
    }

    private long expected(MinuteSpan span) {
        return span.minutes() - through.empty(slots.instrument(), span);
    }

    /** Shortens the page where its candles that lack something have more minutes than these. */
    void bound(long most) {
        long minutes = 0;
        for (EpochMicros slot : List.copyOf(lacking)) {
            minutes += slots.older(slot).minutes();
            if (minutes > most && !slot.equals(lacking.getFirst())) {
                slots = slots.first(slots.slots().indexOf(slot));
                lacking.subList(lacking.indexOf(slot), lacking.size()).clear();
                return;
            }
        }
    }

    /**
     * Where the history may hold minutes of candles that lack some, in the page's order; near
     * neighbours as one, what lies between them included: rows cost less than questions.
     */
    List<MinuteSpan> lackingSpans() {
        List<MinuteSpan> spans = new ArrayList<>();
        if (slots.range().interval() == Interval.ONE_MINUTE) {
            return spans;
        }
        for (EpochMicros slot : lacking) {
            MinuteSpan span = slots.older(slot);
            MinuteSpan before = spans.isEmpty() ? null : spans.getLast();
            if (before == null || isFar(before, span)) {
                spans.add(span);
            } else {
                spans.set(
                        spans.size() - 1,
                        new MinuteSpan(
                                before.from().isAfter(span.from()) ? span.from() : before.from(),
                                before.to().isAfter(span.to()) ? before.to() : span.to()));
            }
        }
        return spans;
    }

    private static boolean isFar(MinuteSpan one, MinuteSpan other) {
        return MinuteSpan.between(one.to(), other.from()).minutes() > NEAR_MINUTES
                || MinuteSpan.between(other.to(), one.from()).minutes() > NEAR_MINUTES;
    }

    /** Recorded minutes of those spans. */
    void takeMinutes(Collection<CandlePart> minutes) {
        recorded.addParts(minutes);
    }

    /**
     * What to ask the exchange for, in the page's order. A page that goes back in time asks, where
     * it first comes to a candle of which nothing is known, for the newest minutes before its end:
     * that shows whether there are older ones at all.
     */
    Set<Ask> asks() {
        Set<Ask> asks = new LinkedHashSet<>();
        boolean back = slots.range().order() == Order.NEWEST_FIRST;
        for (EpochMicros slot : lacking) {
            MinuteSpan span = slots.older(slot);
            if (back && minutesOf(span).isEmpty()) {
                asks.add(new Ask.Before(slots.instrument(), span.to()));
                back = false;
            }
            addBlocks(span, asks);
        }
        return asks;
    }

    /** Ends the page before the first candle that still needs an ask that was not made. */
    void cut(Set<Ask> made) {
        for (EpochMicros slot : lacking) {
            Set<Ask> asks = new LinkedHashSet<>();
            addBlocks(slots.older(slot), asks);
            int before = slots.slots().indexOf(slot);
            if (before > 0 && !made.containsAll(asks)) {
                slots = slots.first(before);
                return;
            }
        }
    }

    private void addBlocks(MinuteSpan span, Set<Ask> asks) {
        EpochMicros at = span.from();
        while (span.to().isAfter(at)) {
            EpochMicros next = through.skipForward(slots.instrument(), at);
            if (next.isAfter(at)) {
                at = next;
            } else if (recorded.holds(at) || fetched.holds(at)) {
                at = MinuteSpan.plus(at, 1);
            } else {
                Ask.From block = Ask.From.blockOf(slots.instrument(), at);
                asks.add(block);
                at = MinuteSpan.plus(block.minute(), Ask.MINUTES);
            }
        }
    }

    private NavigableMap<EpochMicros, CandlePart> minutesOf(MinuteSpan span) {
        TreeMap<EpochMicros, CandlePart> minutes =
                new TreeMap<>(fetched.between(span.from(), span.to()));
        minutes.putAll(recorded.between(span.from(), span.to()));
        return minutes;
    }

    /** The page as it is now. */
    CandlePage finish() {
        Map<EpochMicros, CandlePart> live = held.parts(slots.range());
        TreeMap<EpochMicros, AnsweredCandle> items = new TreeMap<>();
        for (EpochMicros slot : slots.slots()) {
            AnsweredCandle item = candle(slot, live.get(slot));
            if (item != null) {
                items.put(slot, item);
            }
        }
        return new CandlePage(List.copyOf(items.values()), continueAt(), null);
    }

    private @Nullable AnsweredCandle candle(EpochMicros slot, @Nullable CandlePart live) {
        CandlePart older = whole.get(slot);
        CandleOrigin origin = CandleOrigin.HISTORY;
        if (older == null) {
            NavigableMap<EpochMicros, CandlePart> minutes = minutesOf(slots.older(slot));
            for (CandlePart minute : minutes.values()) {
                older = sum(older, minute.within(slots.range().interval()));
            }
            if (!minutes.isEmpty() && !recorded.holds(minutes.lastKey())) {
                origin = CandleOrigin.EXCHANGE;
            }
        }
        CandlePart part = sum(older, live);
        if (part == null) {
            return null;
        }
        MinuteSpan sofar = slots.sofar(slot);
        return new AnsweredCandle(
                part,
                part.ends() || !slots.range().interval().next(slot).isAfter(slots.present()),
                part.minutes() >= expected(sofar),
                live == null ? origin : CandleOrigin.STREAM);
    }

    private static @Nullable CandlePart sum(@Nullable CandlePart one, @Nullable CandlePart other) {
        return one == null ? other : other == null ? one : one.plus(other);
    }

    private @Nullable EpochMicros continueAt() {
        if (slots.isEmpty()) {
            return null;
        }
        return switch (slots.range().order()) {
            case OLDEST_FIRST -> slots.end().isAfter(slots.to()) ? slots.to() : null;
            case NEWEST_FIRST ->
                    through.skipBackward(slots.instrument(), slots.from())
                                    .isAfter(slots.range().from())
                            ? slots.from()
                            : null;
        };
    }
}
