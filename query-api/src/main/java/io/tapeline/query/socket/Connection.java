package io.tapeline.query.socket;

import io.tapeline.query.guard.Connections;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
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
 * again; its {@link Sender} alone writes ({@link Outlet}), so that writing needs no lock. While
 * nothing happens it is an entry in a table and in the selector, and no thread waits for it.
 *
 * <p>Public only because Tomcat makes it from its class.
 */
public final class Connection implements InternalHttpUpgradeHandler, Peer {

    private static final int READ_BYTES = 8 << 10;

    /** A quarter of the time is for chance: who came at once is not asked at once. */
    private static final int CHANCE_PART = 4;

    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Outlet outlet = new Outlet();
    private volatile long heardNanos = System.nanoTime();
    private volatile long pingedNanos;
    private long pingAfterNanos;

    private volatile @Nullable SocketWrapperBase<?> wrapper;
    private @Nullable Sockets sockets;
    private @Nullable Sender sender;
    private @Nullable Talk talk;
    private Connections.@Nullable Lease place;
    private @Nullable FrameReader reader;
    private @Nullable Pace pace;
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
            return count == 0 && !ended.get() && !(outlet.isCloseSent() && closeHeard);
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
        boolean in = !outlet.isClosing() && held.take(System.nanoTime());
        if (!in && !outlet.isClosing()) {
            close(CloseCode.POLICY, "more than " + held.perSecond() + " messages a second");
        }
        return in;
    }

    private void control(byte[] frame) {
        if (outlet.control(frame)) {
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

    private void close(int code, String reason) {
        if (outlet.close(code, reason)) {
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
            boolean all = outlet.write(socket, talk(), sockets());
            if (all && outlet.isCloseSent() && closeHeard) {
                end();
            }
        } catch (IOException e) {
            end();
        } catch (RuntimeException e) {
            sockets().failed(e);
            end();
        }
    }

    /** Now and then, by a clock. */
    void look(long now, SocketSettings settings) {
        if (outlet.isClosing()) {
            // The other side had its time to answer.
            if (outlet.closingForNanos(now) > Sockets.CLOSES_WITHIN.toNanos()) {
                end();
            }
            return;
        }
        long fullFor = outlet.fullForNanos(now);
        if (fullFor > 0) {
            // Who takes nothing cannot hear that it is asked for a sign of life.
            if (fullFor > settings.takesWithin().toNanos()) {
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
