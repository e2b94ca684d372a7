package io.tapeline.aggregator.query;

/** How near to the present a partition is that answers. */
enum Standing {
    /** Active, and it has come up to the present since it was taken over. */
    CURRENT,
    /** Active, and being restored, or not through yet with what came while it changed hands. */
    BEHIND,
    /** A copy that follows the active one, a little behind. */
    STANDBY
}
