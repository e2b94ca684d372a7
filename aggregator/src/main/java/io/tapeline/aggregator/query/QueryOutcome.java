package io.tapeline.aggregator.query;

import io.tapeline.aggregator.query.Restorations.Restored;
import org.jspecify.annotations.Nullable;

/** What came of a question to a store. */
public sealed interface QueryOutcome<A> {

    record Found<A>(A answer) implements QueryOutcome<A> {}

    /**
     * The partition is not at the point where it goes on from, but has got an answer, which is
     * marked as stale: better than none, though a standby elsewhere may be nearer to the present.
     */
    record Behind<A>(A answer) implements QueryOutcome<A> {}

    /** The store holds the instrument's partition, whole, and knows nothing of the instrument. */
    record Absent<A>() implements QueryOutcome<A> {}

    /**
     * The partition is being restored or is not assigned yet, and cannot tell: ask again soon.
     *
     * @param position how far it has been restored; null: not known
     */
    record NotReady<A>(String reason, @Nullable Restored position) implements QueryOutcome<A> {

        /** The reason and how far it is. */
        String text() {
            return position == null
                    ? reason
                    : reason + ", at offset " + position.next() + " of " + position.end();
        }
    }

    /** Another instance holds the partition; the routing table says which. */
    record OwnedByOther<A>(int partition) implements QueryOutcome<A> {}
}
