package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;

/**
 * Update ids that did not come.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record OpenGap(Cause cause, long from, long to, EpochMicros found) {

    /** Why a book was lost. The changelog tells a cause by its place: add new ones at the end. */
    public enum Cause {
        /** An update began beyond the one expected (A.5 step 6b). */
        MISSED_UPDATES,
        /** The best bid met the best ask after an update (A.5, zero-crossing check). */
        CROSSED,
        /** What the changelog told of the book does not fit together. */
        RESTORE,
        /** A snapshot told of updates that then did not come. */
        BEHIND_SNAPSHOT,
        /** The exchange shows another book, as of an id that this one has passed. */
        CONTRADICTED;

        /** As the clean topic and the ledger name it. */
        public String id() {
            return switch (this) {
                case MISSED_UPDATES -> "gap";
                case CROSSED -> "crossed";
                case RESTORE -> "restart";
                case BEHIND_SNAPSHOT -> "behind a snapshot";
                case CONTRADICTED -> "audit";
            };
        }
    }
}
