package io.tapeline.aggregator.query;

/** What came of a question to a store. */
public sealed interface QueryOutcome<A> {

    record Found<A>(A answer) implements QueryOutcome<A> {}

    /** The store holds the instrument's partition, and knows nothing of the instrument. */
    record Absent<A>() implements QueryOutcome<A> {}

    /** The partition is being restored, or is not assigned yet: ask again soon. */
    record NotReady<A>(String reason) implements QueryOutcome<A> {}

    /** Another instance holds the partition; the routing table says which. */
    record OwnedByOther<A>(int partition) implements QueryOutcome<A> {}
}
