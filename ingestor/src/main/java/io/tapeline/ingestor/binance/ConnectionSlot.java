package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.binance.SlotState.Replacing;
import io.tapeline.ingestor.binance.SlotState.Single;
import io.tapeline.ingestor.binance.SlotState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState;
import io.tapeline.ingestor.share.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A place for one connection, and the succession there: decides, and leaves the doing to others.
 * Every call tells what has happened and returns what is to be done, in order. Not thread-safe.
 * Times are of {@link System#nanoTime}.
 */
final class ConnectionSlot {

    private final LegDriver driver;
    private final Supplier<Subscriptions> subscriptions;
    private final Succession.Carriage carriage;
    private final Succession succession;
    private final WantedStreams wanted = new WantedStreams();
    private final List<SlotAction> actions = new ArrayList<>();
    private SlotState state;

    /**
     * @param subscriptions new ones for each connection
     * @param overlap how long two connections carry the same streams, unless each active stream has
     *     come on the new one sooner
     */
    ConnectionSlot(
            LegDriver driver,
            Supplier<Subscriptions> subscriptions,
            Succession.Carriage carriage,
            Duration overlap,
            long nowNanos) {
        this.driver = driver;
        this.subscriptions = subscriptions;
        this.carriage = carriage;
        this.succession = new Succession(carriage, driver, overlap);
        this.state = new Single(Leg.waiting(ConnectionState.first(nowNanos), subscriptions.get()));
    }

    SlotState state() {
        return state;
    }

    /**
     * From now on these streams, and no others, on all of the slot's connections.
     *
     * @param first of the streams that were not wanted before
     */
    List<SlotAction> want(Set<String> streams, Interruption first, long nowNanos) {
        actions.addAll(wanted.become(streams, first, state));
        state.legs().forEach(leg -> leg.subscriptions().want(streams));
        return advance(nowNanos);
    }

    /** Nothing has happened, but time has passed. */
    List<SlotAction> advance(long nowNanos) {
        driver.begin(actions);
        step(nowNanos);
        driver.wake().ifPresent(at -> actions.add(new SlotAction.WakeAt(at)));
        List<SlotAction> done = List.copyOf(actions);
        actions.clear();
        return done;
    }

    List<SlotAction> opened(long session, long nowNanos) {
        Leg leg = state.leg(session);
        if (leg != null && leg.state() instanceof ConnectionState.Connecting connecting) {
            actions.add(new Note.Opened(session));
            put(leg, driver.opened(leg, connecting, nowNanos));
        } else {
            actions.add(new SlotAction.Close(session));
        }
        return advance(nowNanos);
    }

    /**
     * The attempt or the connection is no more.
     *
     * @param refusal zero, or how long the exchange does not want to be asked again
     */
    List<SlotAction> ended(long session, String reason, Refusal refusal, long nowNanos) {
        lost(session, reason, refusal, nowNanos);
        return advance(nowNanos);
    }

    List<SlotAction> answered(long session, ControlAnswer answer, long nowNanos) {
        Leg leg = state.leg(session);
        if (leg != null) {
            List<String> alone = leg.subscriptions().answered(answer);
            if (answer instanceof ControlAnswer.Refused refused) {
                actions.add(new Note.SubscriptionRefused(refused, alone));
            }
            List<String> leftOut = leg.subscriptions().takeLeftOut();
            if (!leftOut.isEmpty()) {
                actions.add(new Note.LeftOut(leftOut));
            }
            List<String> arrived = leg.subscriptions().takeArrived();
            if (!arrived.isEmpty()) {
                actions.add(new SlotAction.Confirmed(session, arrived));
            }
            actions.addAll(wanted.carried(arrived));
        }
        return advance(nowNanos);
    }

    /** EXCHANGES.md A.2: "establish a new connection as soon as possible". */
    List<SlotAction> serverShutdown(long session, long nowNanos) {
        Leg leg = state.leg(session);
        if (leg != null && leg.isOpen()) {
            put(leg, leg.replaceAt(nowNanos));
            if (state instanceof Single(Leg alone)) {
                replace(alone, "server shutdown", nowNanos);
            }
        }
        return advance(nowNanos);
    }

    /** These bring nothing: left and subscribed again where they are. */
    List<SlotAction> stalled(Map<String, Interruption> streams, long nowNanos) {
        if (state instanceof Single(Leg leg) && leg.isOpen()) {
            wanted.interrupted(streams);
            leg.subscriptions().renew(streams.keySet());
            actions.add(new Note.Resubscribing(List.copyOf(streams.keySet())));
        }
        return advance(nowNanos);
    }

    /**
     * The connection brings nothing, though it is open: replaced as any other.
     *
     * @param streams those that are interrupted; others may still come
     */
    List<SlotAction> connectionStalled(Map<String, Interruption> streams, long nowNanos) {
        if (state instanceof Single(Leg leg) && leg.isOpen()) {
            wanted.interrupted(streams);
            replace(leg, "stalled", nowNanos);
        }
        return advance(nowNanos);
    }

    List<SlotAction> stop() {
        state.legs().stream()
                .filter(Leg::hasSocket)
                .forEach(leg -> actions.add(new SlotAction.Close(leg.session())));
        state = new Stopped();
        List<SlotAction> done = List.copyOf(actions);
        actions.clear();
        return done;
    }

    private void step(long now) {
        switch (state) {
            case Single(Leg leg) -> {
                if (leg.isReplaceable(now)) {
                    retire(leg, now);
                    step(now);
                } else if (drive(leg, now) && leg.isOpen()) {
                    driver.wakeAt(leg.replaceAtNanos());
                }
            }
            case Replacing replacing -> {
                if (drive(replacing.current(), now)) {
                    succeed(now);
                }
            }
            case Stopped() -> {}
        }
    }

    /** One whose time has come, but that has nothing to hand over, just ends. */
    private void retire(Leg leg, long now) {
        if (wanted.isEmpty()) {
            actions.add(new SlotAction.Close(leg.session()));
            state = new Single(Leg.waiting(ConnectionState.first(now), leg.subscriptions()));
            leg.subscriptions().reset();
        } else {
            replace(leg, "lifetime", now);
        }
    }

    private void replace(Leg leg, String why, long now) {
        Subscriptions next = subscriptions.get();
        next.want(wanted.streams());
        actions.add(new Note.ReplacementBegun(why));
        state = new Preparing(leg, Leg.waiting(driver.soon(now), next), why);
    }

    private void succeed(long now) {
        if (!(state instanceof Replacing before) || !drive(before.successor(), now)) {
            return;
        }
        if (state instanceof Replacing replacing) {
            state = succession.next(replacing, wanted.streams(), now, actions);
            if (state instanceof Single(Leg successor)) {
                interrupt(replacing.current(), successor, "refused on the next connection");
            }
            if (state != replacing && !(state instanceof Preparing)) {
                step(now);
            }
        }
    }

    /** Whether the connection is still the one that it was. */
    private boolean drive(Leg leg, long now) {
        Leg after = driver.drive(leg, now);
        if (after == null) {
            lost(leg.session(), "subscription not answered", Refusal.NONE, now);
            step(now);
            return false;
        }
        put(leg, after);
        return true;
    }

    private void lost(long session, String reason, Refusal refusal, long now) {
        Leg leg = state.leg(session);
        if (leg == null) {
            return; // one that was given up before
        }
        ConnectionState.Waiting again = driver.again(leg, refusal, now);
        if (refusal.isRefusal()) {
            actions.add(new Note.ConnectRefused(refusal.status(), refusal.pause()));
        }
        switch (state) {
            case Single _ -> {
                interrupt(leg, leg, reason);
                state = new Single(leg.waitingAgain(again));
            }
            case Replacing replacing when replacing.current() == leg -> {
                interrupt(leg, replacing.successor(), reason);
                state = new Single(replacing.successor());
            }
            case Replacing replacing -> {
                interrupt(leg, replacing.current(), reason);
                replacing.current().subscriptions().fence().withdraw();
                actions.add(new Note.ReplacementFailed(replacing.why(), reason));
                state =
                        new Preparing(
                                replacing.current(), leg.waitingAgain(again), replacing.why());
            }
            case Stopped() -> {}
        }
        actions.add(
                new Note.Lost(reason, again.failures(), Duration.ofNanos(again.dueNanos() - now)));
    }

    private void interrupt(Leg gone, Leg other, String reason) {
        wanted.lost(gone, other, carriage.newestNanos(gone.session()), reason);
    }

    private void put(Leg before, Leg after) {
        state = state.with(before, after);
    }

    /** The streams that are subscribed on at least one connection, how many. */
    int subscribedCount() {
        return wanted.count(state::has);
    }

    /** The streams that the exchange refuses, how many; none that a connection has. */
    int refusedCount() {
        return wanted.count(s -> !state.has(s) && state.refuses(s));
    }

    boolean isOpen() {
        return state.isOpen();
    }

    /** The open connection that alone carries all; 0 if there is none, or a succession is on. */
    long soleSession() {
        return state instanceof Single(Leg leg) && leg.isOpen() ? leg.session() : 0;
    }

    Collection<String> wanted() {
        return wanted.streams();
    }
}
