package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;
import org.jspecify.annotations.Nullable;

/**
 * How far a book is in step with the exchange.
 *
 * <pre>
 *   Awaiting --snapshot--> Live --gap, crossed, audit--> Resyncing --snapshot--> Live
 *                          Live --behind a snapshot, gap that a held snapshot joins--> Live
 *                          Live --update before its turn, then in time what it follows--> Live
 * </pre>
 */
public sealed interface SyncState {

    /** The state of an instrument of which nothing is known yet. */
    SyncState INITIAL = new Awaiting(PendingUpdates.NONE, RequestPacing.FRESH);

    RequestPacing pacing();

    /** The updates that wait: for a snapshot, or while live for those that go before them. */
    PendingUpdates pending();

    /** There never was a book: buffer everything until the first snapshot (A.5 steps 1 and 2). */
    record Awaiting(PendingUpdates pending, RequestPacing pacing) implements SyncState {}

    /**
     * The book is the exchange's as of {@code updateId} (A.5 step 6).
     *
     * @param since when it became so
     * @param ahead what a snapshot told to lie ahead of it; null where none did
     * @param early what came before its turn; null where nothing did
     */
    record Live(
            long updateId,
            EpochMicros since,
            RequestPacing pacing,
            @Nullable Ahead ahead,
            @Nullable Early early)
            implements SyncState {

        /** With nothing known to lie ahead. */
        public Live(long updateId, EpochMicros since, RequestPacing pacing) {
            this(updateId, since, pacing, null, null);
        }

        @Override
        public PendingUpdates pending() {
            return early == null ? PendingUpdates.NONE : early.updates();
        }

        Live with(@Nullable Ahead newAhead) {
            return new Live(updateId, since, pacing, newAhead, early);
        }

        Live with(@Nullable Early newEarly) {
            return new Live(updateId, since, pacing, ahead, newEarly);
        }
    }

    /** The book was lost (A.5 step 6b): its last picture stays for those who ask, and is frozen. */
    record Resyncing(PendingUpdates pending, RequestPacing pacing, OpenGap gap)
            implements SyncState {}
}
