package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.TimeUnitAsked;
import io.tapeline.query.socket.CloseCode;
import io.tapeline.query.socket.Peer;
import io.tapeline.query.socket.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client: what it is subscribed to, and what waits to be sent to it. Bounded: who reads slower
 * than its streams tell is let go with a reason, rather than be told old news or a book with holes.
 */
final class MirrorTalk implements Talk, Feed.Listener {

    private static final String TOO_SLOW = "Too slow: more waits to be read than is allowed.";
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final String SHUTS_DOWN = "The server is shutting down.";

    private final Talks talks;
    private final StreamHub hub;
    private final StreamCounts counts;
    private final List<StreamName> first;
    private final TimeUnitAsked unit;
    private final BlockingQueue<Outgoing> waiting;
    private final Conversation conversation = new Conversation(this);
    private final Map<String, StreamName> subscribed = new LinkedHashMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean combined;
    private volatile @Nullable Peer peer;

    /**
     * @param most events that wait
     */
    MirrorTalk(
            Talks talks,
            StreamHub hub,
            StreamCounts counts,
            StreamAddress.Wanted wanted,
            int most) {
        this.talks = talks;
        this.hub = hub;
        this.counts = counts;
        this.first = wanted.streams();
        this.unit = wanted.unit();
        this.combined = wanted.combined();
        this.waiting = new ArrayBlockingQueue<>(most);
    }

    @Override
    public void opened(Peer with) {
        peer = with;
        if (!talks.opened(this)) {
            end(CloseCode.GOING_AWAY, SHUTS_DOWN);
        } else if (!subscribe(first)) {
            end(CloseCode.TRY_LATER, "As many streams are listened to as are allowed.");
        }
    }

    @Override
    public void heard(String message) {
        conversation.heard(message);
    }

    @Override
    public byte @Nullable [] next() {
        Outgoing next = waiting.poll();
        return switch (next) {
            case null -> null;
            case Outgoing.Event(StreamEvent event) -> {
                counts.sent();
                yield event.bytes(combined, unit);
            }
            case Outgoing.Words(String text) -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    @Override
    public void ended() {
        ended.set(true);
        talks.ended(this);
        leaveAll();
    }

    /** All of them or none; false where more may not be watched. */
    boolean subscribe(List<StreamName> streams) {
        synchronized (subscribed) {
            List<StreamName> added = new ArrayList<>();
            for (StreamName name : streams) {
                if (!ended.get() && !subscribed.containsKey(name.text())) {
                    if (!hub.add(this, name)) {
                        added.forEach(this::leave);
                        return false;
                    }
                    subscribed.put(name.text(), name);
                    added.add(name);
                }
            }
            return true;
        }
    }

    /**
     * Clients take the answer to SUBSCRIBE for the moment from which on they may ask for a snapshot
     * (ccxt does, and fails where the first event does not join it): it waits for books that nobody
     * followed before, for a second at most.
     */
    void awaitBeginning(List<StreamName> streams) {
        long deadline = System.nanoTime() + BEGIN_WITHIN.toNanos();
        for (StreamName name : streams) {
            while (!hub.hasBegun(name)
                    && !ended.get()
                    && !Thread.currentThread().isInterrupted()
                    && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    void unsubscribe(List<String> names) {
        synchronized (subscribed) {
            for (String name : names) {
                StreamName present = subscribed.get(name);
                if (present != null) {
                    leave(present);
                }
            }
        }
    }

    private void leave(StreamName name) {
        subscribed.remove(name.text());
        hub.remove(this, name);
    }

    /** By a thread of its own: who tells events, or sends them, must not wait for the hub. */
    private void leaveAll() {
        var _ =
                Thread.ofVirtual()
                        .name("mirror-leave")
                        .start(() -> {
                            synchronized (subscribed) {
                                List.copyOf(subscribed.values()).forEach(this::leave);
                            }
                        });
    }

    List<String> streams() {
        synchronized (subscribed) {
            return List.copyOf(subscribed.keySet());
        }
    }

    boolean combined() {
        return combined;
    }

    void combined(boolean wanted) {
        combined = wanted;
    }

    @Override
    public void offer(StreamEvent event) {
        put(new Outgoing.Event(event));
    }

    void say(String words) {
        put(new Outgoing.Words(words));
    }

    private void put(Outgoing outgoing) {
        if (ended.get()) {
            return;
        }
        if (waiting.offer(outgoing)) {
            Peer told = peer;
            if (told != null) {
                told.ready();
            }
        } else if (end(CloseCode.POLICY, TOO_SLOW)) {
            counts.slow();
        }
    }

    /** Whether all that was to be sent has been taken for sending. */
    boolean isDrained() {
        return ended.get() || waiting.isEmpty();
    }

    void shutDown() {
        var _ = end(CloseCode.GOING_AWAY, SHUTS_DOWN);
    }

    /** Never waits; false if it has ended before. */
    private boolean end(CloseCode code, String reason) {
        if (ended.getAndSet(true)) {
            return false;
        }
        Peer told = peer;
        if (told != null) {
            told.close(code, reason);
        }
        leaveAll();
        return true;
    }
}
