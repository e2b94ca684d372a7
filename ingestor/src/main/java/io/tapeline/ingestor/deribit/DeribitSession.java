package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect and what comes of it. Told apart from those before it, whose last words
 * may be late. Events are published on the socket's thread, all else goes to the thread of
 * decisions.
 */
final class DeribitSession implements Sockets.Listener {

    private final DeribitConnection connection;
    private final Supplier<Map<String, IndexChannel>> channels;
    private final SourceCounters counters;
    private final DecisionThread decisions;
    private volatile Sockets.@Nullable Socket socket;

    /**
     * @param channels asked for each event: what is followed changes while a connection lives
     */
    DeribitSession(
            DeribitConnection connection,
            Supplier<Map<String, IndexChannel>> channels,
            SourceCounters counters,
            DecisionThread decisions) {
        this.connection = connection;
        this.channels = channels;
        this.counters = counters;
        this.decisions = decisions;
    }

    @Override
    public void opened(Sockets.Socket opened) {
        socket = opened;
        decisions.post(() -> connection.opened(this));
    }

    @Override
    public void message(byte[] bytes, int from, int to, long receivedNanos) {
        connection.read(receivedNanos);
        counters.increment(Count.MESSAGES);
        switch (Incoming.read(bytes, from, to)) {
            case Incoming.Notification(String name, byte[] data) -> {
                IndexChannel channel = channels.get().get(name);
                if (channel == null) {
                    counters.increment(Count.UNKNOWN);
                } else {
                    counters.increment(Count.STREAM_EVENTS);
                    channel.publish(data, receivedNanos);
                }
            }
            case Incoming.Heartbeat control -> control(control);
            case Incoming.TestRequest control -> control(control);
            case Incoming.Accepted control -> control(control);
            case Incoming.Refused control -> control(control);
            case null -> counters.increment(Count.MALFORMED);
        }
    }

    private void control(Incoming message) {
        counters.increment(Count.CONTROL);
        decisions.post(() -> connection.heard(this, message));
    }

    @Override
    public void ended(String reason) {
        decisions.post(() -> connection.ended(this, reason));
    }

    /** Does nothing before the connection is made. */
    void send(String text) {
        Sockets.Socket open = socket;
        if (open != null) {
            open.send(text);
        }
    }

    void close() {
        Sockets.Socket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
