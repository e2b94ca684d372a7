package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.connection.Sockets.Socket;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect and what comes of it: routes the events where they are read, and tells the
 * rest. Told apart from those before it, whose last words may be late.
 */
final class StreamSession implements Sockets.Listener, EventRouter.Control {

    /** Who decides. Called on the socket's threads. */
    interface Owner {

        void opened(long session);

        void ended(long session, String reason, Refusal refusal);

        void answered(long session, ControlAnswer answer);

        void serverShutdown(long session);
    }

    private final long number;
    private final Owner owner;
    private final IngestorCounters counters;
    private final EventRouter router;
    private volatile SessionStreams streams = SessionStreams.EMPTY;
    private volatile @Nullable Socket socket;
    private final AtomicLong newestNanos = new AtomicLong();
    private final AtomicLong newestOfSlotNanos;
    private volatile Refusal refusal = Refusal.NONE;

    /**
     * @param newestOfSlotNanos told when each message is read, nanoseconds since the epoch
     */
    StreamSession(
            long number, Owner owner, IngestorCounters counters, AtomicLong newestOfSlotNanos) {
        this.newestOfSlotNanos = newestOfSlotNanos;
        this.number = number;
        this.owner = owner;
        this.counters = counters;
        this.router = new EventRouter(() -> streams, this, counters);
    }

    @Override
    public void opened(Socket opened) {
        socket = opened;
        owner.opened(number);
    }

    @Override
    public void message(byte[] bytes, int from, int to, long receivedNanos) {
        newestNanos.lazySet(receivedNanos);
        newestOfSlotNanos.lazySet(receivedNanos);
        router.message(bytes, from, to, receivedNanos);
    }

    @Override
    public void refused(int status, Duration retryAfter) {
        refusal = Refusal.of(status, retryAfter);
    }

    @Override
    public void tooLarge() {
        counters.increment(Count.OVERSIZED);
    }

    @Override
    public void ended(String reason) {
        owner.ended(number, reason, refusal);
    }

    @Override
    public void answered(ControlAnswer answer) {
        owner.answered(number, answer);
    }

    @Override
    public void serverShutdown() {
        owner.serverShutdown(number);
    }

    /** Nothing while it is not open. */
    void send(String text) {
        Socket open = socket;
        if (open != null) {
            open.send(text);
        }
    }

    /** An attempt that is not open yet is closed by whom it is told to. */
    void close() {
        Socket open = socket;
        if (open != null) {
            open.close();
        }
    }

    /** Events of other streams than these are not known. By one thread only. */
    void streams(SessionStreams next) {
        streams = next;
    }

    SessionStreams streams() {
        return streams;
    }

    /** When the newest message was read, nanoseconds since the epoch; 0 if none was yet. */
    long newestNanos() {
        return newestNanos.get();
    }
}
