package io.tapeline.exchange.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue of frames before one socket, and the loop that writes them, one after the
 * other, in order. Frames that wait together are written together.
 */
public final class Outbox {

    /** A pace is kept over this time, not from frame to frame. */
    private static final long MOST_CREDIT_NANOS = 50_000_000L;

    private final CoreSession session;
    private final int mostFrames;
    private final Runnable roomAgain;
    private final Consumer<Outgoing> written;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private final Writing writing = new Writing();
    private boolean full;
    private volatile boolean closed;
    private volatile int bytesPerSecond;
    private volatile long freeNanos;

    private record Entry(byte opCode, byte[] bytes, @Nullable Outgoing origin) {}

    /**
     * @param mostFrames how many frames may wait
     * @param roomAgain told when a queue that was full is half empty
     * @param written told of each event that the socket took
     */
    public Outbox(
            CoreSession session, int mostFrames, Runnable roomAgain, Consumer<Outgoing> written) {
        this.session = session;
        this.mostFrames = mostFrames;
        this.roomAgain = roomAgain;
        this.written = written;
    }

    /**
     * Queues a text frame, to be written at the next {@link #flush}; says false, and queues
     * nothing, where the socket has fallen behind by the whole queue.
     */
    public boolean offer(Outgoing frame, byte[] bytes) {
        synchronized (queue) {
            if (queue.size() >= mostFrames) {
                full = true;
                return false;
            }
            queue.add(new Entry(OpCode.TEXT, bytes, frame));
        }
        return true;
    }

    /** From now on so many bytes a second are written at most; 0 for as many as can be. */
    void pace(int newBytesPerSecond) {
        freeNanos = System.nanoTime();
        bytesPerSecond = newBytesPerSecond;
        writing.iterate();
    }

    /** Writes what waits, as far as the socket and the pace allow. */
    public void flush() {
        writing.iterate();
    }

    /** Queues a ping or pong; these are few and always have room. */
    public void control(byte opCode, byte[] payload) {
        synchronized (queue) {
            queue.addFirst(new Entry(opCode, payload, null));
        }
        writing.iterate();
    }

    /** Whether more than half of the queue is taken: time for a flow that can wait to do so. */
    boolean crowded() {
        synchronized (queue) {
            if (queue.size() > mostFrames / 2) {
                full = true;
                return true;
            }
            return false;
        }
    }

    int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /**
     * Forgets what waits; a frame that is being written may still go out, and so may a close frame
     * after it.
     */
    public void close() {
        closed = true;
        synchronized (queue) {
            queue.clear();
        }
        writing.close();
    }

    private final class Writing extends IteratingCallback {

        private @Nullable Entry current;

        @Override
        protected Action process() {
            Entry next;
            boolean more;
            boolean relieved = false;
            if (bytesPerSecond > 0 && System.nanoTime() - freeNanos < 0) {
                // The next flush after that time goes on.
                return Action.IDLE;
            }
            synchronized (queue) {
                next = queue.poll();
                more = !queue.isEmpty();
                if (full && queue.size() <= mostFrames / 2) {
                    full = false;
                    relieved = true;
                }
            }
            if (relieved) {
                roomAgain.run();
            }
            if (next == null) {
                return Action.IDLE;
            }
            current = next;
            int pace = bytesPerSecond;
            if (pace > 0) {
                freeNanos =
                        Math.max(freeNanos, System.nanoTime() - MOST_CREDIT_NANOS)
                                + next.bytes().length * 1_000_000_000L / pace;
            }
            session.sendFrame(new Frame(next.opCode(), ByteBuffer.wrap(next.bytes())), this, more);
            return Action.SCHEDULED;
        }

        @Override
        protected void onSuccess() {
            Entry done = current;
            current = null;
            if (done != null && done.origin() != null) {
                written.accept(done.origin());
            }
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            if (!closed) {
                session.abort();
            }
        }
    }
}
