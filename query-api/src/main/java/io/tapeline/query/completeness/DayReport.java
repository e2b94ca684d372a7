package io.tapeline.query.completeness;

import io.tapeline.query.through.MinuteSpan;
import java.util.List;

/**
 * A day of a pair: {@code expected = held + missing}.
 *
 * @param span its minutes, from the listing on and as far as they are closed
 * @param expected how many that are
 * @param held of them in the history
 * @param filled of those held, that were missing once and came later, by the ledger
 * @param spans what is missing and why, oldest first; the first ones where they are very many
 */
public record DayReport(
        MinuteSpan span, long expected, long held, long filled, List<MissingMinutes> spans) {

    public DayReport {
        if (held > expected) {
            throw new IllegalArgumentException(
                    "day report of " + span.from() + ": held " + held + " of " + expected);
        }
        spans = List.copyOf(spans);
    }

    public long missing() {
        return expected - held;
    }
}
