package io.tapeline.query.socket;

import io.tapeline.query.guard.Connections;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * One connection, on Tomcat's socket. Tomcat's threads read, and tell when a full socket takes more
 * again; its {@link Sender} alone writes, so that writing needs no lock. While nothing happens it
 * is an entry in a table and in the selector, and no thread waits for it.
 *
 * <p>Public only because Tomcat makes it from its class.
 */
public final class Connection implements InternalHttpUpgradeHandler, Peer {

    private static final int READ_BYTES = 8 << 10;

    /** Written between two looks at whether the socket is full. */
    private static final int GATHERED_BYTES = 64 << 10;

    private static final int MOST_CONTROLS = 16;

    /** A quarter of the time is for chance: who came at once is not asked at once. */
    private static final int CHANCE_PART = 4;

    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Queue<byte[]> controls = new ConcurrentLinkedQueue<>();
    private volatile byte @Nullable [] closing;
    private volatile long heardNanos = System.nanoTime();
    private volatile long pingedNanos;
    private long pingAfterNanos;

    /** Since when the socket is full; 0: it is not. */
    private volatile long fullNanos;

    private volatile long closingNanos;
    private volatile @Nullable SocketWrapperBase<?> wrapper;
    private @Nullable Sockets sockets;
    private @Nullable Sender sender;
    private @Nullable Talk talk;
    private Connections.@Nullable Lease place;
    private @Nullable FrameReader reader;
    private @Nullable Pace pace;
    private volatile boolean closeSent;
    private volatile boolean closeHeard;
    private boolean faulted;

    /** By Tomcat; {@link #begin} follows before anything else. */
    public Connection() {}

    /**
     * @param ofClient its place among those of its client, given back at its end
     */
    void begin(
            Sockets owner,
            Sender writer,
            Talk with,
            SocketSettings settings,
            Connections.@Nullable Lease ofClient) {
        place = ofClient;
        sockets = owner;
        sender = writer;
        talk = with;
        reader = new FrameReader(settings.mostMessageBytes());
        pace = new Pace(settings.messagesPerSecond(), System.nanoTime());
        long every = settings.pingEvery().toNanos();
        pingAfterNanos = every - ThreadLocalRandom.current().nextLong(every / CHANCE_PART + 1);
    }

    private Talk talk() {
        return Objects.requireNonNull(talk, "not begun");
    }

    private Sockets sockets() {
        return Objects.requireNonNull(sockets, "not begun");
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socket) {
        wrapper = socket;
    }

    /** The answer to the handshake is sent. */
    @Override
    public void init(WebConnection connection) {
        sockets().opened(this);
        talk().opened(this);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return switch (event) {
            case OPEN_READ -> read() ? SocketState.UPGRADED : ending();
            case OPEN_WRITE -> {
                ready();
                yield SocketState.UPGRADED;
            }
            case STOP, TIMEOUT, DISCONNECT, ERROR, CONNECT_FAIL -> ending();
        };
    }

    private SocketState ending() {
        end();
        return SocketState.CLOSED;
    }

    /** False if the connection is at its end. */
    private boolean read() {
        SocketWrapperBase<?> socket = Objects.requireNonNull(wrapper, "no socket");
        FrameReader frames = Objects.requireNonNull(reader, "not begun");
        byte[] bytes = new byte[READ_BYTES];
        try {
            int count = socket.read(false, bytes, 0, bytes.length);
            while (count > 0) {
                heardNanos = System.nanoTime();
                if (!faulted) {
                    frames.read(ByteBuffer.wrap(bytes, 0, count), receiver);
                }
                count = socket.read(false, bytes, 0, bytes.length);
            }
            return count == 0 && !ended.get() && !(closeSent && closeHeard);
        } catch (SocketFault e) {
            faulted = true;
            close(e.code(), e.reason());
            return true;
        } catch (IOException e) {
            return false;
        } catch (RuntimeException e) {
            faulted = true;
            sockets().failed(e);
            close(CloseCode.FAILURE, "the service failed");
            return true;
        }
    }

    private final FrameReader.Receiver receiver =
            new FrameReader.Receiver() {
                @Override
                public void text(String message) {
                    if (isInPace()) {
                        talk().heard(message);
                    }
                }

                @Override
                public void ping(byte[] payload) {
                    if (isInPace()) {
                        control(Frames.control(Frames.PONG, payload));
                    }
                }

                @Override
                public void pong() {
                    isInPace();
                }

                @Override
                public void closing(int code) {
                    closeHeard = true;
                    // RFC 6455, 5.5.1: the code is sent back.
                    close(code, "");
                }
            };

    private boolean isInPace() {
        Pace held = Objects.requireNonNull(pace, "not begun");
        boolean in = closing == null && held.take(System.nanoTime());
        if (!in && closing == null) {
            close(CloseCode.POLICY, "more than " + held.perSecond() + " messages a second");
        }
        return in;
    }

    private void control(byte[] frame) {
        if (controls.size() < MOST_CONTROLS) {
            controls.add(frame);
            ready();
        }
    }

    @Override
    public void ready() {
        Sender writer = sender;
        if (writer != null && !ended.get() && !queued.getAndSet(true)) {
            writer.send(this);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        close(code.code(), reason);
    }

    private synchronized void close(int code, String reason) {
        if (closing == null) {
            closingNanos = System.nanoTime();
            closing = Frames.close(code, reason);
            ready();
        }
    }

    /** By the sender alone: writes what there is as far as the socket takes it. */
    void write() {
        queued.set(false);
        SocketWrapperBase<?> socket = wrapper;
        if (socket == null || ended.get()) {
            return;
        }
        try {
            if (socket.hasDataToWrite() && socket.flush(false)) {
                isFull(socket);
                return;
            }
            boolean more = true;
            while (more) {
                more = gather(socket);
                if (socket.flush(false)) {
                    isFull(socket);
                    return;
                }
            }
            fullNanos = 0;
            if (closeSent && closeHeard) {
                end();
            }
        } catch (IOException e) {
            end();
        } catch (RuntimeException e) {
            sockets().failed(e);
            end();
        }
    }

    private void isFull(SocketWrapperBase<?> socket) {
        if (fullNanos == 0) {
            fullNanos = Math.max(1, System.nanoTime());
        }
        socket.registerWriteInterest();
    }

    /** False if nothing is left. */
    private boolean gather(SocketWrapperBase<?> socket) throws IOException {
        int gathered = 0;
        while (gathered < GATHERED_BYTES) {
            if (closeSent) {
                return false;
            }
            byte[] control = controls.poll();
            byte[] close = closing;
            if (control != null) {
                socket.write(false, control, 0, control.length);
                gathered += control.length;
            } else if (close != null) {
                socket.write(false, close, 0, close.length);
                closeSent = true;
            } else {
                byte[] message = talk().next();
                if (message == null) {
                    return false;
                }
                byte[] header = Frames.header(Frames.TEXT, message.length);
                socket.write(false, header, 0, header.length);
                socket.write(false, message, 0, message.length);
                gathered += message.length;
                sockets().sent();
            }
        }
        return true;
    }

    /** Now and then, by a clock. */
    void look(long now, SocketSettings settings) {
        if (closing != null) {
            // The other side had its time to answer.
            if (now - closingNanos > Sockets.CLOSES_WITHIN.toNanos()) {
                end();
            }
        } else if (fullNanos != 0) {
            // Who takes nothing cannot hear that it is asked for a sign of life.
            if (now - fullNanos > settings.takesWithin().toNanos()) {
                sockets().takesNothing();
                end();
            }
        } else if (now - heardNanos > pingAfterNanos) {
            if (pingedNanos == 0 || heardNanos - pingedNanos > 0) {
                pingedNanos = Math.max(1, now);
                control(Frames.control(Frames.PING, new byte[0]));
            } else if (now - pingedNanos > settings.pingEvery().toNanos()) {
                close(CloseCode.POLICY, "no sign of life");
            }
        }
    }

    /** At once; idempotent. */
    void end() {
        if (!ended.getAndSet(true)) {
            sockets().ended(this);
            if (place != null) {
                place.close();
            }
            try {
                talk().ended();
            } finally {
                SocketWrapperBase<?> socket = wrapper;
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    @Override
    public void timeoutAsync(long now) {}

    @Override
    public void setSslSupport(SSLSupport ssl) {}

    @Override
    public void pause() {}

    /** By Tomcat, when it is done with the connection. */
    @Override
    public void destroy() {
        end();
    }
}
