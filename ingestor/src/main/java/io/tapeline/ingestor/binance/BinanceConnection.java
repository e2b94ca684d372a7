package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.ConnectionState;
import io.tapeline.ingestor.connection.ConnectionState.Connecting;
import io.tapeline.ingestor.connection.ConnectionState.Open;
import io.tapeline.ingestor.connection.ConnectionState.Stopped;
import io.tapeline.ingestor.connection.ConnectionState.Waiting;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.connection.Sockets.Socket;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the exchange, kept up: connects, subscribes, and connects again when it ends.
 * All of its decisions are made on the scheduler's single thread; only messages are handled where
 * they are read.
 */
final class BinanceConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BinanceConnection.class);

    private final String line;
    private final String name;
    private final Interruption first;
    private final URI address;
    private final Sockets sockets;
    private final ConnectionAttempts attempts;
    private final Backoff backoff;
    private final Subscriptions subscriptions;
    private final Supplier<StreamTable> streams;
    private final SubscriptionListener listener;
    private final IngestorCounters counters;
    private final Decisions decisions;
    private final AtomicLong newestFrameNanos = new AtomicLong();

    /** Of the streams that were carried before and are not yet again. */
    private final Map<String, Interruption> interrupted = new HashMap<>();

    private volatile ConnectionState state = ConnectionState.first(System.nanoTime());
    private volatile int subscribed;
    private @Nullable Session session;
    private @Nullable ScheduledFuture<?> alarm;

    BinanceConnection(
            String line,
            String name,
            Interruption first,
            URI address,
            Sockets sockets,
            ConnectionAttempts attempts,
            Backoff backoff,
            Subscriptions subscriptions,
            Supplier<StreamTable> streams,
            SubscriptionListener listener,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        this.line = line;
        this.name = name;
        this.first = first;
        this.address = address;
        this.sockets = sockets;
        this.attempts = attempts;
        this.backoff = backoff;
        this.subscriptions = subscriptions;
        this.streams = streams;
        this.listener = listener;
        this.counters = counters;
        this.decisions = new Decisions(name, scheduler);
    }

    /** From now on these streams, and no others. */
    void want(Set<String> wanted) {
        post(() -> {
            subscriptions.want(wanted);
            interrupted.keySet().retainAll(wanted);
            advance();
        });
    }

    /** The streams that the exchange has confirmed on the connection as it is now. */
    int subscribed() {
        return subscribed;
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    /** When the newest message was read, nanoseconds since the epoch; 0 if none was yet. */
    long newestFrameNanos() {
        return newestFrameNanos.get();
    }

    @Override
    public void close() {
        post(() -> {
            state = new Stopped();
            cancelAlarm();
            if (session != null) {
                session.close();
                session = null;
            }
            subscribed = 0;
        });
    }

    /** Does what is due, and sets the alarm for what is due next. */
    private void advance() {
        cancelAlarm();
        long now = System.nanoTime();
        switch (state) {
            case Waiting _ when subscriptions.wantsNothing() -> {} // until there is a wish
            case Waiting waiting when waiting.isDue(now) -> connect(waiting, now);
            case Waiting waiting -> alarmAt(waiting.dueNanos());
            case Open _ -> subscribe(now);
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
        Session attempt = new Session();
        session = attempt;
        sockets.connect(address, attempt);
    }

    private void subscribe(long now) {
        switch (subscriptions.next(now)) {
            case Subscriptions.Step.Send(String message) -> {
                if (session != null) {
                    session.send(message);
                }
                advance();
            }
            case Subscriptions.Step.WaitUntil(long nanos) -> alarmAt(nanos);
            case Subscriptions.Step.Settled() -> {}
            case Subscriptions.Step.Unanswered(long id) -> {
                log.atWarn()
                        .addKeyValue("connection", name)
                        .addKeyValue("id", id)
                        .log("a subscription was not answered in time: connecting again");
                if (session != null) {
                    session.close();
                    lost(session, "subscription not answered");
                }
            }
        }
    }

    private void opened(Session by) {
        if (by != session || !(state instanceof Connecting connecting)) {
            by.close();
            return;
        }
        state = connecting.opened(System.nanoTime());
        counters.increment(Count.CONNECTED);
        log.atInfo().addKeyValue("connection", name).log("connected");
        subscriptions.reset();
        advance();
    }

    private void lost(Session by, String reason) {
        if (by != session) {
            return; // one that was given up before
        }
        long now = System.nanoTime();
        Waiting next =
                switch (state) {
                    case Connecting connecting -> connecting.failed(now, backoff);
                    case Open open -> open.lost(now, backoff);
                    case Waiting waiting -> waiting;
                    case Stopped _ -> null;
                };
        if (next == null) {
            return;
        }
        session = null;
        Interruption interruption = Interruption.lost(newestFrameNanos.get(), reason);
        subscriptions
                .takeSubscribed()
                .forEach(stream -> interrupted.putIfAbsent(stream, interruption));
        subscribed = 0;
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

    private void answered(Session by, ControlAnswer answer) {
        if (by != session) {
            return;
        }
        List<String> givenUp = subscriptions.answered(answer);
        subscribed = subscriptions.subscribedCount();
        List<String> arrived = subscriptions.takeArrived();
        if (answer instanceof ControlAnswer.Refused refused) {
            counters.add(Count.REFUSED, givenUp.size());
            log.atWarn()
                    .addKeyValue("connection", name)
                    .addKeyValue("code", refused.code())
                    .addKeyValue("message", refused.message())
                    .addKeyValue("given_up", givenUp)
                    .log("subscription refused");
        }
        advance();
        tell(arrived);
    }

    private void tell(List<String> arrived) {
        Map<Interruption, List<String>> byInterruption = new LinkedHashMap<>();
        for (String stream : arrived) {
            Interruption before = interrupted.remove(stream);
            byInterruption
                    .computeIfAbsent(before == null ? first : before, _ -> new ArrayList<>())
                    .add(stream);
        }
        byInterruption.forEach((interruption, names) -> {
            List<SubscribedStream> contents = streams.get().contents(names);
            if (!contents.isEmpty()) {
                listener.subscribed(line, contents, interruption);
            }
        });
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

    private void post(Runnable decision) {
        decisions.post(decision);
    }

    /**
     * One attempt and what comes of it. Told apart from those before it, whose last words may be
     * late.
     */
    private final class Session implements Sockets.Listener, EventRouter.Control {

        private final EventRouter router = new EventRouter(streams, this, counters);
        private volatile @Nullable Socket socket;

        @Override
        public void opened(Socket opened) {
            socket = opened;
            post(() -> BinanceConnection.this.opened(this));
        }

        @Override
        public void message(byte[] bytes, int from, int to, long receivedNanos) {
            newestFrameNanos.lazySet(receivedNanos);
            router.message(bytes, from, to, receivedNanos);
        }

        @Override
        public void ended(String reason) {
            post(() -> lost(this, reason));
        }

        @Override
        public void answered(ControlAnswer answer) {
            post(() -> BinanceConnection.this.answered(this, answer));
        }

        @Override
        public void serverShutdown() {
            log.atInfo()
                    .addKeyValue("connection", name)
                    .log("the server says that it is about to shut down");
        }

        private void send(String text) {
            Socket open = socket;
            if (open != null) {
                open.send(text);
            }
        }

        private void close() {
            Socket open = socket;
            if (open != null) {
                open.close();
            }
        }
    }
}
