package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.connection.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be said on one open connection, and what is made of what it says: heartbeats
 * first, then all channels in one request, then watching that they live. One request at a time,
 * tests apart. Pure; times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Dialogue {

    /** What is to be done now. */
    sealed interface Step {

        record Send(String message) implements Step {}

        /** Nothing before that time, unless something is heard. */
        record WaitUntil(long nanos) implements Step {}

        /** The connection is of no more use. */
        record GiveUp(String reason) implements Step {}
    }

    /** What there is to tell about an answer. */
    sealed interface Told {

        /**
         * @param arrived channels that are subscribed now
         * @param omitted channels that the venue left out without a word; asked for again
         */
        record Subscribed(List<String> arrived, List<String> omitted) implements Told {}

        /**
         * @param about channels of the request; empty for heartbeats and tests
         */
        record Refused(DeribitError error, List<String> about) implements Told {}

        record Nothing() implements Told {}
    }

    private enum Purpose {
        HEARTBEAT,
        SUBSCRIBE,
        UNSUBSCRIBE
    }

    private record Request(long id, Purpose purpose, List<String> about, long deadlineNanos) {}

    private static final Told NOTHING = new Told.Nothing();

    /** EXCHANGES.md B, limits: subscriptions come back at some 3.3 a second. */
    private static final long SUBSCRIBE_SPACING_NANOS = Duration.ofMillis(400).toNanos();

    private final DeribitSettings settings;
    private final Backoff soon;
    private final Backoff late;
    private final Heartbeats heartbeats;
    private final ChannelBook channels;
    private final List<String> silent = new ArrayList<>();
    private @Nullable Request pending;
    private long nextId = 1;
    private int refusals;
    private int mostAtOnce = Integer.MAX_VALUE;
    private long subscribeFromNanos;
    private boolean testRequested;
    private boolean limited;

    /**
     * @param soon waits after errors that pass
     * @param late waits while the venue is away
     */
    Dialogue(DeribitSettings settings, Backoff soon, Backoff late, long nowNanos) {
        this.settings = settings;
        this.soon = soon;
        this.late = late;
        this.subscribeFromNanos = nowNanos;
        this.heartbeats = new Heartbeats(settings.silence(), nowNanos);
        this.channels = new ChannelBook(settings.stalledAfter(), settings.askAgainEvery());
    }

    /** From now on these channels, and no others. */
    void want(Collection<String> wanted, long nowNanos) {
        channels.want(wanted, nowNanos);
    }

    Step next(long nowNanos) {
        if (limited) {
            // EXCHANGES.md B, limits: the venue terminates the session as well.
            return new Step.GiveUp("too many requests");
        }
        if (heartbeats.areMissing(nowNanos)) {
            return new Step.GiveUp("no heartbeat within " + settings.silence());
        }
        if (testRequested) {
            testRequested = false;
            return new Step.Send(Requests.test(nextId++));
        }
        if (pending != null) {
            return nowNanos - pending.deadlineNanos >= 0
                    ? new Step.GiveUp("a request was not answered: " + pending.purpose)
                    : new Step.WaitUntil(heartbeats.earlier(pending.deadlineNanos));
        }
        if (heartbeats.isDue(nowNanos)) {
            heartbeats.asked();
            return send(Purpose.HEARTBEAT, List.of(), nowNanos);
        }
        return nextOfChannels(nowNanos);
    }

    private Step nextOfChannels(long nowNanos) {
        ChannelBook.Stall stall = channels.stall(nowNanos);
        silent.addAll(stall.silent());
        if (!stall.condemning().isEmpty()) {
            return new Step.GiveUp("stalled: " + String.join(", ", stall.condemning()));
        }
        List<String> going = channels.going();
        if (!going.isEmpty()) {
            return send(Purpose.UNSUBSCRIBE, going, nowNanos);
        }
        if (nowNanos - subscribeFromNanos < 0) {
            return new Step.WaitUntil(heartbeats.earlier(subscribeFromNanos));
        }
        List<String> due = channels.ask(mostAtOnce, nowNanos);
        if (!due.isEmpty()) {
            subscribeFromNanos = nowNanos + SUBSCRIBE_SPACING_NANOS;
            return send(Purpose.SUBSCRIBE, due, nowNanos);
        }
        return new Step.WaitUntil(heartbeats.earlier(channels.nextDue(nowNanos)));
    }

    private Step send(Purpose purpose, List<String> about, long nowNanos) {
        long id = nextId++;
        pending = new Request(id, purpose, about, nowNanos + settings.answerWithin().toNanos());
        return new Step.Send(
                switch (purpose) {
                    case HEARTBEAT -> Requests.setHeartbeat(id, settings.heartbeat());
                    case SUBSCRIBE -> Requests.subscribe(id, about);
                    case UNSUBSCRIBE -> Requests.unsubscribe(id, about);
                });
    }

    void heartbeat(long nowNanos) {
        heartbeats.heard(nowNanos);
    }

    void testRequested(long nowNanos) {
        heartbeats.heard(nowNanos);
        testRequested = true;
    }

    /** The channel brought something at that time. */
    void heard(String channel, long nanos) {
        channels.heard(channel, nanos);
    }

    Told accepted(long id, List<String> result, long nowNanos) {
        Request request = pending;
        if (request == null || request.id != id) {
            return NOTHING; // a test's answer
        }
        pending = null;
        refusals = 0;
        return switch (request.purpose) {
            case HEARTBEAT -> {
                heartbeats.confirmed(nowNanos);
                yield NOTHING;
            }
            case UNSUBSCRIBE -> {
                channels.gone(request.about, nowNanos);
                yield NOTHING;
            }
            case SUBSCRIBE -> {
                channels.confirmed(result, nowNanos);
                mostAtOnce = Math.max(mostAtOnce, mostAtOnce * 2); // not past the largest number
                // EXCHANGES.md B: invalid channels are silently omitted, so compare.
                yield new Told.Subscribed(
                        request.about.stream().filter(result::contains).toList(),
                        request.about.stream().filter(asked -> !result.contains(asked)).toList());
            }
        };
    }

    /**
     * @param id {@link Incoming#NO_ID}: the request under way is meant
     */
    Told refused(long id, DeribitError error, long nowNanos) {
        if (error.kind() == DeribitError.Kind.TOO_MANY) {
            limited = true;
        }
        Request request = pending;
        if (request == null || id != Incoming.NO_ID && request.id != id) {
            return new Told.Refused(error, List.of());
        }
        pending = null;
        long dueNanos = nowNanos + wait(error.kind()).toNanos();
        boolean permanent = error.kind() == DeribitError.Kind.PERMANENT;
        switch (request.purpose) {
            case HEARTBEAT -> {
                if (permanent) {
                    heartbeats.refused();
                } else {
                    heartbeats.askAgain(dueNanos);
                }
            }
            case UNSUBSCRIBE -> channels.gone(request.about, nowNanos);
            case SUBSCRIBE -> {
                boolean several = permanent && request.about.size() > 1;
                if (several) { // one bad channel must not cost the good ones
                    mostAtOnce = (request.about.size() + 1) / 2;
                }
                channels.askAgain(several ? nowNanos : dueNanos, permanent && !several);
            }
        }
        return new Told.Refused(error, request.about);
    }

    private Duration wait(DeribitError.Kind kind) {
        return switch (kind) {
            case TOO_MANY, RETRY -> soon.after(refusals++);
            case AWAY -> late.after(refusals++);
            case PERMANENT -> settings.askAgainEvery();
        };
    }

    /** The channels that were found to stand still since this was last asked. */
    List<String> takeSilent() {
        List<String> taken = List.copyOf(silent);
        silent.clear();
        return taken;
    }

    /** How many channels the venue has left out, or refused for good. */
    int refusedChannels() {
        return channels.refused();
    }

    /** The channels that the venue has confirmed. */
    List<String> subscribed() {
        return channels.subscribed();
    }
}
