package io.tapeline.query.completeness;

import io.tapeline.query.through.MinuteSpan;

/**
 * Minutes that follow one another and are missing for the same reason.
 *
 * @param how in words, of the ledger where it tells; else empty
 */
public record MissingMinutes(MinuteSpan span, Reason reason, String how) {

    /** Why the history has no candle. */
    public enum Reason {
        /** The exchange has none either: before the listing, while it was halted. */
        NOT_AT_EXCHANGE,
        /** The ledger has it open: it is being fetched. */
        OPEN,
        /** The ledger has it given up. */
        UNFILLABLE,
        /** The ledger has it filled: the candle is on its way to the history, or was not kept. */
        FILLED,
        /** Nobody missed it: nothing was streamed then, and nobody asked. */
        NOT_FETCHED
    }
}
