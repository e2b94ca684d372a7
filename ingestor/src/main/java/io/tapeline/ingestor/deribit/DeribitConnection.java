package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.ConnectionState;
import io.tapeline.ingestor.connection.ConnectionState.Connecting;
import io.tapeline.ingestor.connection.ConnectionState.Open;
import io.tapeline.ingestor.connection.ConnectionState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState.Waiting;
import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is kept up for ever while there is something to carry: one attempt at a time,
 * with back-off. Its methods are called on the line's thread of decisions, but for those that tell
 * how it stands.
 */
final class DeribitConnection {

    private static final Logger log = LoggerFactory.getLogger(DeribitConnection.class);

    private final String name;
    private final DeribitSettings settings;
    private final Sockets sockets;
    private final ConnectionAttempts attempts;
    private final DeribitLine.Waits waits;
    private final DeribitLine line;
    private final SourceCounters counters;
    private final DecisionThread decisions;

    private volatile ConnectionState state = ConnectionState.first(System.nanoTime());
    private volatile int subscribed;
    private volatile int refused;
    private volatile long newestFrameNanos;
    private Set<String> wanted = Set.of();
    private @Nullable DeribitSession session;
    private @Nullable Dialogue dialogue;
    private @Nullable ScheduledFuture<?> alarm;

    DeribitConnection(
            String name,
            DeribitSettings settings,
            Sockets sockets,
            ConnectionAttempts attempts,
            DeribitLine.Waits waits,
            DeribitLine line,
            SourceCounters counters,
            DecisionThread decisions) {
        this.name = name;
        this.settings = settings;
        this.sockets = sockets;
        this.attempts = attempts;
        this.waits = waits;
        this.line = line;
        this.counters = counters;
        this.decisions = decisions;
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    /** Channels that the venue has confirmed on the connection as it is now. */
    int subscribed() {
        return subscribed;
    }

    /** Channels that the venue has left out, or refused, on the connection as it is now. */
    int refused() {
        return refused;
    }

    /** When the newest message was read, nanoseconds since the epoch; 0 if none was yet. */
    long newestFrameNanos() {
        return newestFrameNanos;
    }

    /** From now on these channels, and no others. */
    void want(Collection<String> channels) {
        wanted = Set.copyOf(channels);
        if (dialogue != null) {
            dialogue.want(wanted, System.nanoTime());
        }
        advance();
    }

    void stop() {
        cancelAlarm();
        state = new Stopped();
        drop();
    }

    /** Does what is due, and sets the alarm for what is due next. */
    private void advance() {
        cancelAlarm();
        long now = System.nanoTime();
        switch (state) {
            case Waiting _ when wanted.isEmpty() -> {} // until there is a wish
            case Waiting waiting when waiting.isDue(now) -> connect(waiting, now);
            case Waiting waiting -> alarmAt(waiting.dueNanos());
            case Open _ when wanted.isEmpty() -> {
                drop();
                state = ConnectionState.first(now);
            }
            case Open _ -> talk(now);
            case Connecting _, Stopped _ -> {}
        }
    }

    private void connect(Waiting waiting, long now) {
        Duration wait = attempts.reserve(now);
        if (!wait.isZero()) {
            Waiting later = waiting.postponed(now, wait);
            state = later;
            log.atWarn()
                    .addKeyValue("connection", name)
                    .addKeyValue("wait", wait)
                    .log("the attempts allowed to this address are used up");
            alarmAt(later.dueNanos());
            return;
        }
        state = waiting.connect();
        DeribitSession attempt = new DeribitSession(this, line::channels, counters, decisions);
        session = attempt;
        sockets.connect(settings.wsUrl(), attempt);
    }

    private void talk(long now) {
        DeribitSession current = session;
        Dialogue talk = dialogue;
        if (current == null || talk == null) {
            return;
        }
        line.channels().forEach((channel, index) -> talk.heard(channel, index.newestNanoTime()));
        Dialogue.Step step = talk.next(now);
        subscribed = talk.subscribed().size();
        refused = talk.refusedChannels();
        for (String channel : talk.takeSilent()) {
            counters.increment(Count.STALLED);
            line.stalled(channel);
            log.atWarn()
                    .addKeyValue("connection", name)
                    .addKeyValue("channel", channel)
                    .log("a channel stands still: it is subscribed anew");
        }
        switch (step) {
            case Dialogue.Step.Send(String message) -> {
                current.send(message);
                advance();
            }
            case Dialogue.Step.WaitUntil(long nanos) -> alarmAt(nanos);
            case Dialogue.Step.GiveUp(String reason) -> {
                current.close();
                ended(current, reason);
            }
        }
    }

    void opened(DeribitSession by) {
        if (by != session || !(state instanceof Connecting connecting)) {
            by.close();
            return;
        }
        long now = System.nanoTime();
        state = connecting.opened(now);
        counters.increment(Count.CONNECTED);
        log.atInfo().addKeyValue("connection", name).log("connected");
        Dialogue begun = new Dialogue(settings, waits.soon(), waits.late(), now);
        begun.want(wanted, now);
        dialogue = begun;
        advance();
    }

    /** On the socket's thread. */
    void read(long receivedNanos) {
        newestFrameNanos = receivedNanos;
    }

    void heard(DeribitSession by, Incoming message) {
        Dialogue talk = dialogue;
        if (by != session || talk == null) {
            return; // one that was given up before
        }
        long now = System.nanoTime();
        switch (message) {
            case Incoming.Heartbeat() -> talk.heartbeat(now);
            case Incoming.TestRequest() -> talk.testRequested(now);
            case Incoming.Accepted(long id, List<String> result) ->
                    told(talk.accepted(id, result, now));
            case Incoming.Refused(long id, DeribitError error) ->
                    told(talk.refused(id, error, now));
            case Incoming.Notification _ -> {} // published where it was read
        }
        advance();
    }

    private void told(Dialogue.Told told) {
        switch (told) {
            case Dialogue.Told.Subscribed(List<String> arrived, List<String> omitted) -> {
                line.arrived(arrived);
                if (!omitted.isEmpty()) {
                    counters.add(Count.OMITTED, omitted.size());
                    log.atWarn()
                            .addKeyValue("connection", name)
                            .addKeyValue("channels", omitted)
                            .addKeyValue("again_after", settings.askAgainEvery())
                            .log("Deribit left channels out without a word: no such index?");
                }
            }
            case Dialogue.Told.Refused(DeribitError error, List<String> about) -> {
                counters.increment(Count.REFUSED);
                log.atWarn()
                        .addKeyValue("connection", name)
                        .addKeyValue("code", error.code())
                        .addKeyValue("message", error.message())
                        .addKeyValue("kind", error.kind())
                        .addKeyValue("channels", about)
                        .log("Deribit refuses a request");
            }
            case Dialogue.Told.Nothing() -> {}
        }
    }

    void ended(DeribitSession by, String reason) {
        if (by != session) {
            return; // one that was given up before
        }
        long now = System.nanoTime();
        Waiting next =
                switch (state) {
                    case Connecting connecting -> connecting.failed(now, waits.connect());
                    case Open open -> open.lost(now, waits.connect());
                    case Waiting waiting -> waiting;
                    case Stopped _ -> null;
                };
        if (next == null) {
            return;
        }
        if (dialogue != null) {
            line.lost(dialogue.subscribed(), newestFrameNanos, reason);
        }
        drop();
        state = next;
        counters.increment(Count.DISCONNECTED);
        log.atWarn()
                .addKeyValue("connection", name)
                .addKeyValue("reason", reason)
                .addKeyValue("failures", next.failures())
                .addKeyValue("retry_ms", TimeUnit.NANOSECONDS.toMillis(next.dueNanos() - now))
                .log("connection lost");
        advance();
    }

    private void drop() {
        if (session != null) {
            session.close();
        }
        session = null;
        dialogue = null;
        subscribed = 0;
        refused = 0;
    }

    private void alarmAt(long nanos) {
        alarm = decisions.at(nanos, this::advance);
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
