package io.tapeline.aggregator.query;

/** How near to the present a partition is that answers. */
enum Standing {
    /** Active, and all that was in its inputs a moment ago has been processed. */
    CURRENT,
    /** Active, and being restored, or not through yet with what came while it changed hands. */
    BEHIND,
    /** Active when Kafka was last heard, which is too long ago: another may be by now. */
    CUT_OFF,
    /** A copy that follows the active one, a little behind. */
    STANDBY
}
