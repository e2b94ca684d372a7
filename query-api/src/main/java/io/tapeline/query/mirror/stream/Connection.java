package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.TimeUnitAsked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: what it is subscribed to, and what waits to be written to it, by a thread of its own.
 * Bounded: who reads slower than its streams tell is let go with a reason, rather than be told old
 * news or a book with holes.
 */
final class Connection implements Feed.Listener {

    /** Messages a second that a client may send (A.2). */
    static final int MOST_MESSAGES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Socket socket;
    private final StreamHub hub;
    private final StreamCounts counts;
    private final TimeUnitAsked unit;
    private final BlockingQueue<Outgoing> waiting;
    private final MessageRate rate = new MessageRate(MOST_MESSAGES);
    private final Liveness liveness;
    private final Map<String, StreamName> subscribed = new LinkedHashMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread writer;
    private volatile boolean combined;

    /**
     * @param most events that wait
     */
    Connection(
            Socket socket,
            StreamHub hub,
            StreamCounts counts,
            Handshake.Wanted wanted,
            int most,
            long nowNanos) {
        this.socket = socket;
        this.hub = hub;
        this.counts = counts;
        this.unit = wanted.unit();
        this.combined = wanted.combined();
        this.waiting = new ArrayBlockingQueue<>(most);
        this.liveness = new Liveness(nowNanos);
        this.writer = Thread.ofVirtual().name("mirror-writer").unstarted(this::write);
    }

    /** Begins to write, and listens to the streams of its address. */
    void open(List<StreamName> streams) {
        writer.start();
        if (!subscribe(streams)) {
            end(Socket.POLICY, "More streams are listened to than are allowed.");
        }
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
        if (!ended.get() && !waiting.offer(outgoing)) {
            counts.slow();
            end(Socket.POLICY, "Too slow: more waits to be read than is allowed.");
        }
    }

    /** Counts a message of the client; false where it sends too many, and is let go (A.2). */
    boolean heard(long nowNanos) {
        boolean allowed;
        synchronized (rate) {
            allowed = rate.allows(nowNanos);
        }
        if (!allowed) {
            counts.talkative();
            end(Socket.POLICY, "Too many requests");
        }
        return allowed;
    }

    void pong(ByteBuffer payload, long nowNanos) {
        liveness.pong(payload, nowNanos);
    }

    /** Does what is due. */
    void keep(long nowNanos, long millis) {
        switch (liveness.due(nowNanos)) {
            case NOTHING -> {}
            case PING -> put(new Outgoing.Ping(liveness.ping(nowNanos, millis)));
            case LET_GO -> {
                counts.silent();
                end(Socket.POLICY, "Pong timeout");
            }
        }
    }

    /** Writes what waits, then the words, and then ends. */
    void drain(String lastWords) {
        if (!waiting.offer(new Outgoing.Words(lastWords))
                || !waiting.offer(
                        new Outgoing.End(Socket.GOING_AWAY, "The server is shutting down."))) {
            end(Socket.GOING_AWAY, "The server is shutting down.");
        }
    }

    /** Whether nothing more is written to it. */
    boolean hasEnded() {
        return ended.get() && !writer.isAlive();
    }

    /** Never waits, so that it may be called from where events are told. Idempotent. */
    void end(int code, String reason) {
        if (ended.compareAndSet(false, true)) {
            LOG.atDebug().addKeyValue("reason", reason).log("mirror: a connection is let go");
            var _ =
                    Thread.ofVirtual()
                            .name("mirror-end")
                            .start(() -> {
                                leaveAll();
                                writer.interrupt();
                                socket.close(code, reason);
                            });
        }
    }

    /** The socket is gone. */
    void gone() {
        if (ended.compareAndSet(false, true)) {
            writer.interrupt();
        }
        leaveAll();
    }

    private void leaveAll() {
        synchronized (subscribed) {
            List.copyOf(subscribed.values()).forEach(this::leave);
        }
    }

    private void write() {
        try {
            while (!ended.get()) {
                Outgoing next = waiting.take();
                switch (next) {
                    case Outgoing.Event(StreamEvent event) -> {
                        socket.text(event.text(combined, unit));
                        counts.sent();
                    }
                    case Outgoing.Words(String text) -> socket.text(text);
                    case Outgoing.Ping(byte[] payload) -> socket.ping(payload);
                    case Outgoing.End(int code, String reason) -> end(code, reason);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!ended.get()) {
                LOG.atDebug().setCause(e).log("mirror: a client cannot be written to");
                end(Socket.GOING_AWAY, "");
            }
        }
    }
}
