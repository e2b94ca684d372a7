package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the gap ledger; answered newest found first, equal times by id.
 *
 * @param venue null: of any; likewise {@code symbol}
 * @param from when it was found, inclusive
 * @param to when it was found, exclusive
 * @param after the last entry of the page before, null for the first page
 * @param limit most entries that are answered
 */
public record GapQuestion(
        @Nullable Venue venue,
        @Nullable String symbol,
        EpochMicros from,
        EpochMicros to,
        @Nullable After after,
        int limit) {

    public GapQuestion {
        Limits.require("gap question", from, limit);
    }

    /** A place in the ledger. */
    public record After(EpochMicros found, String id) {}
}
