package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotState.Draining;
import io.tapeline.ingestor.binance.SlotState.Overlapping;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.binance.SlotState.Replacing;
import io.tapeline.ingestor.binance.SlotState.Single;
import io.tapeline.ingestor.binance.SlotState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place for one connection, and the succession there: decides, and leaves the doing to others.
 * Every call tells what has happened and returns what is to be done, in order. Not thread-safe.
 * Times are of {@link System#nanoTime}.
 */
final class ConnectionSlot {

    /** What the connections have brought; asked when a succession is decided. */
    interface Carriage {

        /** Whether this session has brought an event of the stream. */
        boolean brought(long session, String stream);

        /** When this session brought its last message, nanoseconds since the epoch. */
        long newestNanos(long session);
    }

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final LegDriver driver;
    private final Supplier<Subscriptions> subscriptions;
    private final Carriage carriage;
    private final long overlapNanos;
    private final Interruptions interruptions = new Interruptions();
    private final List<SlotAction> actions = new ArrayList<>();
    private Set<String> wanted = Set.of();
    private SlotState state;

    /**
     * @param subscriptions new ones for each connection
     * @param overlap how long two connections carry the same streams, unless each active stream has
     *     come on the new one sooner
     */
    ConnectionSlot(
            LegDriver driver,
            Supplier<Subscriptions> subscriptions,
            Carriage carriage,
            Duration overlap,
            long nowNanos) {
        this.driver = driver;
        this.subscriptions = subscriptions;
        this.carriage = carriage;
        this.overlapNanos = overlap.toNanos();
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
        interruptions.want(wanted, streams, first);
        // What has not been left yet is taken again as it is.
        tell(streams.stream().filter(s -> !wanted.contains(s) && isHeld(s)).toList());
        wanted = streams;
        legs().forEach(leg -> leg.subscriptions().want(streams));
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
        Leg leg = leg(session);
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
        Leg leg = leg(session);
        if (leg != null) {
            List<String> givenUp = leg.subscriptions().answered(answer);
            if (answer instanceof ControlAnswer.Refused refused) {
                actions.add(new Note.GivenUp(refused, givenUp));
            }
            List<String> arrived = leg.subscriptions().takeArrived();
            if (!arrived.isEmpty()) {
                actions.add(new SlotAction.Confirmed(session, arrived));
            }
            tell(arrived);
        }
        return advance(nowNanos);
    }

    private void tell(List<String> carried) {
        interruptions
                .carried(carried)
                .forEach((after, streams) -> actions.add(new SlotAction.Carried(streams, after)));
    }

    private boolean isHeld(String stream) {
        return legs().stream().anyMatch(leg -> leg.subscriptions().holds(stream));
    }

    /** EXCHANGES.md A.2: "establish a new connection as soon as possible". */
    List<SlotAction> serverShutdown(long session, long nowNanos) {
        Leg leg = leg(session);
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
            interruptions.put(streams);
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
            interruptions.put(streams);
            replace(leg, "stalled", nowNanos);
        }
        return advance(nowNanos);
    }

    List<SlotAction> stop() {
        legs().stream()
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
                    succession(now);
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
        next.want(wanted);
        actions.add(new Note.ReplacementBegun(why));
        state = new Preparing(leg, Leg.waiting(driver.soon(now), next), why);
    }

    private void succession(long now) {
        if (!(state instanceof Replacing before) || !drive(before.successor(), now)) {
            return;
        }
        if (!(state instanceof Replacing replacing)) {
            return;
        }
        Leg current = replacing.current();
        Leg successor = replacing.successor();
        String why = replacing.why();
        if (!successor.isComplete()) {
            current.subscriptions().withdrawFence();
            state = new Preparing(current, successor, why);
            return;
        }
        switch (replacing) {
            case Preparing _ -> {
                state = new Overlapping(current, successor, why, now);
                step(now);
            }
            case Overlapping overlapping -> {
                long end = overlapping.sinceNanos() + overlapNanos;
                if (now - end >= 0 || hasBroughtAll(current, successor)) {
                    current.subscriptions().fence();
                    state = new Draining(current, successor, why);
                    step(now);
                } else {
                    driver.wakeAt(Math.min(end - now, LOOK_EVERY_NANOS) + now);
                }
            }
            case Draining _ -> {
                if (current.subscriptions().fencePassed()) {
                    actions.add(new SlotAction.Close(current.session()));
                    actions.add(new Note.Replaced(why));
                    state = new Single(successor);
                    step(now);
                }
            }
        }
    }

    private boolean hasBroughtAll(Leg current, Leg successor) {
        return wanted.stream()
                .filter(stream -> carriage.brought(current.session(), stream))
                .allMatch(stream -> carriage.brought(successor.session(), stream));
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
        Leg leg = leg(session);
        if (leg == null) {
            return; // one that was given up before
        }
        long newest = carriage.newestNanos(session);
        List<String> had =
                leg.subscriptions().takeSubscribed().stream().filter(wanted::contains).toList();
        ConnectionState.Waiting again = driver.again(leg, refusal, now);
        if (refusal.isRefusal()) {
            actions.add(new Note.ConnectRefused(refusal.status(), refusal.pause()));
        }
        switch (state) {
            case Single _ -> {
                interruptions.lost(had, newest, reason);
                state = new Single(leg.waitingAgain(again));
            }
            case Replacing replacing when replacing.current() == leg -> {
                Subscriptions next = replacing.successor().subscriptions();
                interruptions.lost(
                        had.stream().filter(s -> !next.holds(s)).toList(), newest, reason);
                state = new Single(replacing.successor());
            }
            case Replacing replacing -> {
                Subscriptions old = replacing.current().subscriptions();
                interruptions.lost(
                        had.stream().filter(s -> !old.holds(s)).toList(), newest, reason);
                old.withdrawFence();
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

    private List<Leg> legs() {
        return state.legs();
    }

    private @Nullable Leg leg(long session) {
        for (Leg leg : legs()) {
            if (leg.is(session)) {
                return leg;
            }
        }
        return null;
    }

    private void put(Leg before, Leg after) {
        state = state.with(before, after);
    }

    /** The streams that are subscribed on at least one connection, how many. */
    int subscribedCount() {
        return (int)
                wanted.stream()
                        .filter(s -> legs().stream().anyMatch(leg -> leg.subscriptions().has(s)))
                        .count();
    }

    boolean isOpen() {
        return legs().stream().anyMatch(Leg::isOpen);
    }

    /** The open connection that alone carries all; 0 if there is none, or a succession is on. */
    long soleSession() {
        return state instanceof Single(Leg leg) && leg.isOpen() ? leg.session() : 0;
    }

    Collection<String> wanted() {
        return wanted;
    }
}
