package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.ConnectionState;
import io.tapeline.ingestor.connection.ConnectionState.Connecting;
import io.tapeline.ingestor.connection.ConnectionState.Open;
import io.tapeline.ingestor.connection.ConnectionState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState.Waiting;
import java.util.OptionalLong;

/**
 * One of the one or two connections of a slot. Times are of {@link System#nanoTime}.
 *
 * @param session of the attempt under way or the open connection; 0 before the first
 * @param subscriptions what is subscribed there; its state is its own
 * @param replaceAtNanos when another shall take its place; empty while it is not open
 */
record Leg(
        ConnectionState state,
        long session,
        Subscriptions subscriptions,
        OptionalLong replaceAtNanos) {

    static Leg waiting(Waiting waiting, Subscriptions subscriptions) {
        return new Leg(waiting, 0, subscriptions, OptionalLong.empty());
    }

    Leg in(ConnectionState next) {
        return new Leg(next, session, subscriptions, replaceAtNanos);
    }

    Leg connecting(Connecting connecting, long newSession) {
        return new Leg(connecting, newSession, subscriptions, OptionalLong.empty());
    }

    Leg open(Open open, long replaceAt) {
        return new Leg(open, session, subscriptions, OptionalLong.of(replaceAt));
    }

    Leg replaceAt(long nanos) {
        return new Leg(state, session, subscriptions, OptionalLong.of(nanos));
    }

    /** Another attempt belongs to another session. */
    Leg waitingAgain(Waiting waiting) {
        return new Leg(waiting, 0, subscriptions, OptionalLong.empty());
    }

    boolean is(long someSession) {
        return session == someSession && session != 0;
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    /** Whether it has, or is about to have, a socket. */
    boolean hasSocket() {
        return switch (state) {
            case Connecting _, Open _ -> true;
            case Waiting _, Stopped _ -> false;
        };
    }

    /** Whether all that is wanted is subscribed on it. */
    boolean isComplete() {
        return isOpen() && subscriptions.isComplete();
    }

    boolean isReplaceable(long nowNanos) {
        return isOpen() && replaceAtNanos.isPresent() && nowNanos - replaceAtNanos.getAsLong() >= 0;
    }
}
