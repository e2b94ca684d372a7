package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;

/** What a step asks to be done, in this order. */
public sealed interface Effect {

    /**
     * Apply to the book, and tell.
     *
     * @param replayed it had waited, for a snapshot or for its turn
     */
    record Apply(DepthUpdate update, long previousUpdateId, boolean replayed) implements Effect {}

    /**
     * The snapshot becomes the book; tell.
     *
     * @param reason {@code first snapshot}, or the cause of the gap it ends
     */
    record Replace(DepthSnapshot snapshot, String reason) implements Effect {}

    /**
     * A snapshot that was held becomes the book; tell.
     *
     * @param received when the ingestor received it
     * @param reason the cause of the gap it ends
     */
    record Recall(DepthSnapshot snapshot, EpochMicros received, String reason) implements Effect {}

    /** The book is not known any more; tell. */
    record Lose(OpenGap gap) implements Effect {}

    /** The gap is over: the book is complete again as of this update id. */
    record Mend(OpenGap gap, long snapshotUpdateId) implements Effect {}

    /**
     * Ask for a snapshot.
     *
     * @param usefulFrom least {@code lastUpdateId} that would be of use
     */
    record Request(String reason, long usefulFrom) implements Effect {}

    /**
     * Updates that had waited, and tell nothing that the book does not have (A.5 step 4): count
     * them.
     */
    record Covered(int updates) implements Effect {}

    /** Updates that had waited and had to go for want of room: count the loss. */
    record Overflowed(int updates) implements Effect {}
}
