package io.tapeline.ingestor.binance;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Its connections, the current one first. */
    List<Leg> legs();

    /** Null if the attempt or connection is none of its own, or no longer. */
    default @Nullable Leg leg(long session) {
        for (Leg leg : legs()) {
            if (leg.is(session)) {
                return leg;
            }
        }
        return null;
    }

    default boolean isOpen() {
        return legs().stream().anyMatch(Leg::isOpen);
    }

    /** Whether the exchange has confirmed the stream on at least one connection. */
    default boolean has(String stream) {
        return legs().stream().anyMatch(leg -> leg.subscriptions().has(stream));
    }

    /** Whether the exchange has refused the stream on at least one connection. */
    default boolean refuses(String stream) {
        return legs().stream().anyMatch(leg -> leg.subscriptions().refuses(stream));
    }

    /** Whether it has confirmed it, and nothing has been said to the contrary. */
    default boolean holds(String stream) {
        return legs().stream().anyMatch(leg -> leg.subscriptions().holds(stream));
    }

    /** The same with another of its connections. */
    SlotState with(Leg before, Leg after);

    /** One connection, or the attempt at one. */
    record Single(Leg leg) implements SlotState {

        @Override
        public List<Leg> legs() {
            return List.of(leg);
        }

        @Override
        public Single with(Leg before, Leg after) {
            return new Single(after);
        }
    }

    /** Two of them: the current one carries the streams, the successor shall. */
    sealed interface Replacing extends SlotState {

        Leg current();

        Leg successor();

        String why();

        @Override
        default List<Leg> legs() {
            return List.of(current(), successor());
        }

        @Override
        default SlotState with(Leg before, Leg after) {
            return before == current() ? of(after, successor()) : of(current(), after);
        }

        /** In the same phase. */
        Replacing of(Leg newCurrent, Leg newSuccessor);
    }

    /** The successor connects and subscribes. */
    record Preparing(Leg current, Leg successor, String why) implements Replacing {

        @Override
        public Preparing of(Leg newCurrent, Leg newSuccessor) {
            return new Preparing(newCurrent, newSuccessor, why);
        }
    }

    /**
     * Everything is subscribed on both, and events may not come on the successor yet (EXCHANGES.md
     * A.8.19).
     */
    record Overlapping(Leg current, Leg successor, String why, long sinceNanos)
            implements Replacing {

        @Override
        public Overlapping of(Leg newCurrent, Leg newSuccessor) {
            return new Overlapping(newCurrent, newSuccessor, why, sinceNanos);
        }
    }

    /** The current one is asked for a last sign, behind which nothing of it is on its way. */
    record Draining(Leg current, Leg successor, String why) implements Replacing {

        @Override
        public Draining of(Leg newCurrent, Leg newSuccessor) {
            return new Draining(newCurrent, newSuccessor, why);
        }
    }

    /** For good. */
    record Stopped() implements SlotState {

        @Override
        public List<Leg> legs() {
            return List.of();
        }

        @Override
        public Stopped with(Leg before, Leg after) {
            return this;
        }
    }
}
