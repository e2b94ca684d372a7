package io.tapeline.query.completeness;

import io.tapeline.query.completeness.MissingMinutes.Reason;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the gap ledger says of an instrument's minutes; of one minute the entry found last counts.
 */
final class CandleLedger {

    private final List<Gap> newestFirst = new ArrayList<>();

    CandleLedger(Instrument instrument, List<Gap> entries) {
        String all = "candles:" + instrument.id() + ":";
        String minutes = all + Interval.ONE_MINUTE.id() + ":";
        for (Gap gap : entries) {
            boolean ofOtherInterval =
                    gap.getId().startsWith(all) && !gap.getId().startsWith(minutes);
            if (gap.getKind() == GapKind.GAP_KIND_CANDLES && !ofOtherInterval) {
                newestFirst.add(gap);
            }
        }
        newestFirst.sort(Comparator.comparingLong(Gap::getFoundUs).reversed());
    }

    private CandleLedger(List<Gap> newestFirst) {
        this.newestFirst.addAll(newestFirst);
    }

    /** The entries that touch the span. */
    CandleLedger within(MinuteSpan span) {
        return new CandleLedger(
                newestFirst.stream()
                        .filter(gap -> gap.getFrom() < span.to().value())
                        .filter(gap -> gap.getTo() >= span.from().value())
                        .toList());
    }

    /** Why the minute is missing, as the ledger knows it. */
    MissingMinutes why(MinuteSpan minute) {
        for (Gap gap : newestFirst) {
            if (covers(gap, minute.from())) {
                return switch (gap.getOutcome()) {
                    case GAP_OUTCOME_UNFILLABLE ->
                            new MissingMinutes(minute, Reason.UNFILLABLE, gap.getHow());
                    case GAP_OUTCOME_FILLED ->
                            new MissingMinutes(minute, Reason.FILLED, gap.getHow());
                    case GAP_OUTCOME_OPEN, GAP_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                            new MissingMinutes(minute, Reason.OPEN, gap.getCause());
                };
            }
        }
        return new MissingMinutes(minute, Reason.NOT_FETCHED, "");
    }

    /** Whether it was missing once, and came. */
    boolean isFilled(EpochMicros minute) {
        for (Gap gap : newestFirst) {
            if (covers(gap, minute)) {
                return switch (gap.getOutcome()) {
                    case GAP_OUTCOME_FILLED -> true;
                    case GAP_OUTCOME_UNFILLABLE,
                            GAP_OUTCOME_OPEN,
                            GAP_OUTCOME_UNSPECIFIED,
                            UNRECOGNIZED ->
                            false;
                };
            }
        }
        return false;
    }

    boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    /** Bounds of an entry are open times or times within a minute, both inclusive. */
    private static boolean covers(Gap gap, EpochMicros minute) {
        return gap.getFrom() < minute.value() + MinuteSpan.MINUTE_US
                && gap.getTo() >= minute.value();
    }
}
