package io.tapeline.query.candles;

import io.tapeline.query.history.Order;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * The open times that a page covers, in the order in which the question goes through time.
 *
 * @param known the end, exclusive, of the minutes that there are: closed ones, and of the state the
 *     open one
 * @param present candles that end by then are closed
 * @param olderEnd the end, exclusive, of the minutes that the state does not tell
 * @param end of all candles of the question, exclusive
 */
record PageSlots(
        Instrument instrument,
        CandleRange range,
        List<EpochMicros> slots,
        EpochMicros known,
        EpochMicros present,
        EpochMicros olderEnd,
        EpochMicros end) {

    /**
     * @param closedUntil the end of the closed minutes, exclusive
     * @param toldEnd the end of those that the exchange has, exclusive, as far as it has told
     * @param through what it knows to be empty is passed over
     */
    static PageSlots of(
            Instrument instrument,
            CandleRange range,
            HeldMinutes held,
            EpochMicros closedUntil,
            EpochMicros toldEnd,
            ReadThrough through) {
        boolean live = !held.minutes().isEmpty();
        EpochMicros present = live ? held.minutes().getLast().openTime() : closedUntil;
        EpochMicros known = live ? MinuteSpan.plus(present, 1) : toldEnd;
        EpochMicros end = known.isAfter(range.to()) ? range.to() : known;
        List<EpochMicros> slots =
                switch (range.order()) {
                    case OLDEST_FIRST ->
                            forward(range, end, through.skipForward(instrument, range.from()));
                    case NEWEST_FIRST ->
                            backward(
                                    range,
                                    end.isAfter(held.begin())
                                            ? end
                                            : through.skipBackward(instrument, end));
                };
        return new PageSlots(instrument, range, slots, known, present, held.begin(), end);
    }

    private static List<EpochMicros> forward(
            CandleRange range, EpochMicros end, EpochMicros first) {
        List<EpochMicros> slots = new ArrayList<>();
        Interval interval = range.interval();
        EpochMicros at = interval.openTimeOf(first);
        if (range.from().isAfter(at)) {
            at = interval.next(at);
        }
        for (; end.isAfter(at) && slots.size() < range.limit(); at = interval.next(at)) {
            slots.add(at);
        }
        return slots;
    }

    private static List<EpochMicros> backward(CandleRange range, EpochMicros end) {
        List<EpochMicros> slots = new ArrayList<>();
        Interval interval = range.interval();
        EpochMicros before = end;
        while (before.isAfter(range.from()) && slots.size() < range.limit()) {
            EpochMicros at = interval.openTimeOf(new EpochMicros(before.value() - 1));
            if (range.from().isAfter(at)) {
                break;
            }
            slots.add(at);
            before = at;
        }
        return slots;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    int count() {
        return slots.size();
    }

    /** Whether the ask is for the newest minutes of all that the page may cover. */
    boolean isNewest(Ask ask) {
        return ask instanceof Ask.Before before
                && range.order() == Order.NEWEST_FIRST
                && before.end().equals(older(slots.getFirst()).to());
    }

    PageSlots first(int count) {
        return new PageSlots(
                instrument, range, slots.subList(0, count), known, present, olderEnd, end);
    }

    private EpochMicros earliest() {
        return range.order() == Order.OLDEST_FIRST ? slots.getFirst() : slots.getLast();
    }

    private EpochMicros latest() {
        return range.order() == Order.OLDEST_FIRST ? slots.getLast() : slots.getFirst();
    }

    /** Of the earliest candle. */
    EpochMicros from() {
        return isEmpty() ? range.from() : earliest();
    }

    /** Of the latest candle, exclusive. */
    EpochMicros to() {
        return isEmpty() ? range.from() : range.interval().next(latest());
    }

    /** The minutes of a candle that are to be had by now, the state's left out. */
    MinuteSpan older(EpochMicros slot) {
        EpochMicros to = range.interval().next(slot);
        to = to.isAfter(known) ? known : to;
        return MinuteSpan.between(slot, to.isAfter(olderEnd) ? olderEnd : to);
    }

    /** The minutes of a candle that are to be had by now. */
    MinuteSpan sofar(EpochMicros slot) {
        EpochMicros to = range.interval().next(slot);
        return MinuteSpan.between(slot, to.isAfter(known) ? known : to);
    }
}
