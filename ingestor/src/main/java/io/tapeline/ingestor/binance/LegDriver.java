package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.ConnectionState.Connecting;
import io.tapeline.ingestor.connection.ConnectionState.Open;
import io.tapeline.ingestor.connection.ConnectionState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState.Waiting;
import io.tapeline.ingestor.connection.Lifetime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings one connection as far as it goes now: connects when it is due, within the attempts that
 * are allowed, and subscribes. Not thread-safe. Times are of {@link System#nanoTime}.
 */
final class LegDriver {

    private final ConnectionAttempts attempts;
    private final Backoff backoff;
    private final Lifetime lifetime;
    private long lastSession;
    private List<SlotAction> actions = new ArrayList<>();
    private OptionalLong wake = OptionalLong.empty();

    LegDriver(ConnectionAttempts attempts, Backoff backoff, Lifetime lifetime) {
        this.attempts = attempts;
        this.backoff = backoff;
        this.lifetime = lifetime;
    }

    /**
     * @param into what is to be done is added here from now on
     */
    void begin(List<SlotAction> into) {
        actions = into;
        wake = OptionalLong.empty();
    }

    /** When something is due next. */
    OptionalLong wake() {
        return wake;
    }

    void wakeAt(long nanos) {
        if (wake.isEmpty() || nanos - wake.getAsLong() < 0) {
            wake = OptionalLong.of(nanos);
        }
    }

    void wakeAt(OptionalLong nanos) {
        nanos.ifPresent(this::wakeAt);
    }

    /** Null if it is of no use any more: the exchange does not answer on it. */
    @Nullable Leg drive(Leg leg, long now) {
        return switch (leg.state()) {
            case Waiting _ when leg.subscriptions().wantsNothing() -> leg; // until there is a wish
            case Waiting waiting when waiting.isDue(now) -> connect(leg, waiting, now);
            case Waiting waiting -> {
                wakeAt(waiting.dueNanos());
                yield leg;
            }
            case Open _ -> subscribe(leg, now) ? leg : null;
            case Connecting _, Stopped _ -> leg;
        };
    }

    private Leg connect(Leg leg, Waiting waiting, long now) {
        Duration wait = attempts.reserve(now);
        if (wait.isZero()) {
            long session = ++lastSession;
            actions.add(new SlotAction.Connect(session));
            return leg.connecting(waiting.connect(), session);
        }
        // All who wait for the same moment must not come at the same moment.
        Waiting later = waiting.postponed(now, wait.plus(backoff.after(waiting.failures())));
        actions.add(new Note.Postponed(Duration.ofNanos(later.dueNanos() - now)));
        wakeAt(later.dueNanos());
        return leg.in(later);
    }

    private boolean subscribe(Leg leg, long now) {
        while (true) {
            switch (leg.subscriptions().next(now)) {
                case Subscriptions.Step.Send(String message) ->
                        actions.add(new SlotAction.Send(leg.session(), message));
                case Subscriptions.Step.WaitUntil(long nanos) -> {
                    wakeAt(nanos);
                    return true;
                }
                case Subscriptions.Step.Settled() -> {
                    return true;
                }
                case Subscriptions.Step.Unanswered(long id) -> {
                    actions.add(new Note.Unanswered(leg.session(), id));
                    actions.add(new SlotAction.Close(leg.session()));
                    return false;
                }
            }
        }
    }

    Leg opened(Leg leg, Connecting connecting, long now) {
        leg.subscriptions().reset();
        return leg.open(connecting.opened(now), now + lifetime.draw().toNanos());
    }

    /** One who is needed soon, though not all in the same instant. */
    Waiting soon(long now) {
        return new Waiting(0, now + backoff.after(0).toNanos());
    }

    /** When to try again after this one ended. */
    Waiting again(Leg leg, Refusal refusal, long now) {
        Waiting waiting =
                switch (leg.state()) {
                    case Connecting connecting -> connecting.failed(now, backoff);
                    case Open open -> open.lost(now, backoff);
                    case Waiting current -> current;
                    case Stopped _ -> soon(now);
                };
        if (refusal.pause().isZero()) {
            return waiting;
        }
        attempts.refused(now, refusal.pause());
        return waiting.postponed(waiting.dueNanos(), refusal.pause());
    }
}
