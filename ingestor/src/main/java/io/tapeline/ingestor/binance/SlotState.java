package io.tapeline.ingestor.binance;

/**
 * Where a slot stands. A connection is replaced by making its successor first:
 *
 * <pre>
 *           due, shutdown, stalled             all subscribed               overlap over
 *  Single ------------------------> Preparing ---------------> Overlapping --------------> Draining
 *    ^  the old one ends at any of these: the successor is alone     (old one answers, or ends) |
 *    +-----------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>A successor that fails is tried again while the old one lives; one that fails later than in
 * Preparing leads back there, and so does a wish for further streams.
 */
sealed interface SlotState {

    /** One connection, or the attempt at one. */
    record Single(Leg leg) implements SlotState {}

    /** Two of them: the current one carries the streams, the successor shall. */
    sealed interface Replacing extends SlotState {

        Leg current();

        Leg successor();

        String why();
    }

    /** The successor connects and subscribes. */
    record Preparing(Leg current, Leg successor, String why) implements Replacing {}

    /**
     * Everything is subscribed on both, and events may not come on the successor yet (EXCHANGES.md
     * A.8.19).
     */
    record Overlapping(Leg current, Leg successor, String why, long sinceNanos)
            implements Replacing {}

    /** The current one is asked for a last sign, behind which nothing of it is on its way. */
    record Draining(Leg current, Leg successor, String why) implements Replacing {}

    /** For good. */
    record Stopped() implements SlotState {}
}
