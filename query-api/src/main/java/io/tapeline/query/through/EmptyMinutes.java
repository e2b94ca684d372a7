package io.tapeline.query.through;

import io.tapeline.schemas.market.EpochMicros;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Minutes of which the exchange is known to have no candle: before the listing, while trading was
 * halted, after the delisting. They are in the past and stay empty. Spans that touch are one. Not
 * thread-safe.
 */
final class EmptyMinutes {

    /** More holes than a pair has had since there are pairs; the shortest go beyond it. */
    private static final int MOST_SPANS = 4_096;

    private final TreeMap<EpochMicros, EpochMicros> spans = new TreeMap<>();

    /**
     * <pre>
     * known   [-----)     [---)        [--)
     * added      [----------)
     * after   [---------------)        [--)
     * </pre>
     */
    void add(MinuteSpan span) {
        if (span.isEmpty()) {
            return;
        }
        EpochMicros from = span.from();
        EpochMicros to = span.to();
        Map.Entry<EpochMicros, EpochMicros> before = spans.floorEntry(to);
        while (before != null && !from.isAfter(before.getValue())) {
            from = before.getKey().isAfter(from) ? from : before.getKey();
            to = before.getValue().isAfter(to) ? before.getValue() : to;
            spans.remove(before.getKey());
            before = spans.floorEntry(to);
        }
        if (spans.size() < MOST_SPANS) {
            spans.put(from, to);
        }
    }

    /** How many of the span's minutes are empty. */
    long count(MinuteSpan span) {
        long count = 0;
        for (Map.Entry<EpochMicros, EpochMicros> each : touching(span).entrySet()) {
            EpochMicros from = each.getKey().isAfter(span.from()) ? each.getKey() : span.from();
            EpochMicros to = each.getValue().isAfter(span.to()) ? span.to() : each.getValue();
            count += MinuteSpan.between(from, to).minutes();
        }
        return count;
    }

    private NavigableMap<EpochMicros, EpochMicros> touching(MinuteSpan span) {
        EpochMicros first = spans.floorKey(span.from());
        return spans.subMap(first == null ? span.from() : first, true, span.to(), false);
    }

    /** The first minute from the given one on that is not known to be empty. */
    EpochMicros skipForward(EpochMicros minute) {
        Map.Entry<EpochMicros, EpochMicros> at = spans.floorEntry(minute);
        return at == null || !at.getValue().isAfter(minute) ? minute : at.getValue();
    }

    /** Likewise backward, both exclusive ends: what lies just before the answer is not empty. */
    EpochMicros skipBackward(EpochMicros end) {
        Map.Entry<EpochMicros, EpochMicros> at = spans.lowerEntry(end);
        return at == null || end.isAfter(at.getValue()) ? end : at.getKey();
    }
}
