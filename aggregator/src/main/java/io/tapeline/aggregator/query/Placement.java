package io.tapeline.aggregator.query;

/** What a partition of a store is to this instance. */
enum Placement {
    ACTIVE,
    STANDBY,
    ELSEWHERE,
    /** No instance holds it, or the assignment is not known yet. */
    UNASSIGNED
}
