package io.tapeline.ingestor.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Spans of time as numbers; both ends inclusive. */
record Spans(List<Span> spans) {

    static final Spans NONE = new Spans(List.of());

    /**
     * @param from inclusive
     * @param to inclusive, not below from
     */
    record Span(long from, long to) {}

    Spans {
        spans = List.copyOf(spans);
    }

    /** None if from is after to. */
    static Spans of(long from, long to) {
        return from > to ? NONE : new Spans(List.of(new Span(from, to)));
    }

    /** What of these is not of those; ends are shared, so that nothing is left of what touches. */
    Spans minus(Spans others) {
        List<Span> left = spans;
        for (Span other : others.spans) {
            List<Span> next = new ArrayList<>();
            for (Span span : left) {
                if (other.to < span.from || span.to < other.from) {
                    next.add(span);
                    continue;
                }
                if (span.from < other.from) {
                    next.add(new Span(span.from, other.from));
                }
                if (other.to < span.to) {
                    next.add(new Span(other.to, span.to));
                }
            }
            left = next;
        }
        return new Spans(left);
    }

    Spans minusAll(Collection<Spans> others) {
        Spans left = this;
        for (Spans other : others) {
            left = left.minus(other);
        }
        return left;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }
}
