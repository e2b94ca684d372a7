package io.tapeline.exchange.deribit;

import io.tapeline.exchange.deribit.RpcOutcome.Failure;
import io.tapeline.exchange.stream.Outbox;
import io.tapeline.exchange.stream.Outgoing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's socket: its frames, its calls, its end (EXCHANGES B). */
final class DeribitConnection implements FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeribitConnection.class);
    private static final int MOST_MESSAGE_BYTES = 1 << 20;
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final String HEARTBEAT = heartbeat("heartbeat");
    private static final String TEST_REQUEST = heartbeat("test_request");

    private final long id;
    private final DeribitServer server;
    private final String remote;
    private final int mostFrames;
    private final Instant since;
    private final DeribitSession session;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private volatile @Nullable CoreSession socket;
    private volatile @Nullable Outbox outbox;
    private volatile boolean dead;

    /**
     * @param id as the ledger knows it
     * @param since when the client asked for it
     */
    DeribitConnection(long id, DeribitServer server, String remote, int mostFrames, Instant since) {
        this.id = id;
        this.server = server;
        this.session = new DeribitSession(server);
        this.since = since;
        this.remote = remote;
        this.mostFrames = mostFrames;
    }

    private static String heartbeat(String type) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\""
                + type
                + "\"}}";
    }

    String remote() {
        return remote;
    }

    boolean isSubscribed(String channel) {
        return !dead && session.isSubscribed(channel);
    }

    /** Queues and writes; a client too slow for its queue is disconnected. */
    void send(Outgoing frame) {
        Outbox queue = outbox;
        if (queue == null || dead) {
            return;
        }
        if (queue.offer(frame, frame.raw())) {
            queue.flush();
        } else {
            LOG.atWarn().addKeyValue("remote", remote).log("Client too slow, disconnected");
            abort();
        }
    }

    /** Whether it counts as one of its address's sockets. */
    boolean counts() {
        return !dead;
    }

    /** Whether it was asked for long ago and never opened. */
    boolean isAbandoned(Instant now) {
        return socket == null && now.isAfter(since.plus(OPENING));
    }

    /** From now on nothing is sent and nothing read, and the connection stays open. */
    void playDead() {
        dead = true;
    }

    /** Sends what the heartbeat demands, or ends a connection that has not answered. */
    void keep(Instant now) {
        Heartbeat.Due due;
        do {
            due = dead ? Heartbeat.Due.NOTHING : session.due(now);
            switch (due) {
                case NOTHING -> {}
                case BEAT -> send(new Outgoing(HEARTBEAT));
                case TEST_REQUEST -> send(new Outgoing(TEST_REQUEST));
                case UNANSWERED -> {
                    server.rules().unanswered(remote);
                    close(CloseStatus.NORMAL, "");
                }
            }
        } while (due != Heartbeat.Due.NOTHING);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        socket = opened;
        outbox = new Outbox(opened, mostFrames, () -> {}, frame -> frame.sent(id));
        server.opened(this);
        callback.succeeded();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        if (dead) {
            // No demand: what the client sends stays in its own buffers, as if the host were gone.
            callback.succeeded();
            return;
        }
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> leave();
            case OpCode.PING -> {
                Outbox queue = outbox;
                if (queue != null) {
                    queue.control(OpCode.PONG, bytes(frame));
                }
            }
            case OpCode.PONG -> {}
            default -> data(frame);
        }
        callback.succeeded();
        CoreSession open = socket;
        if (open != null && frame.getOpCode() != OpCode.CLOSE) {
            open.demand();
        }
    }

    private void data(Frame frame) {
        partial.writeBytes(bytes(frame));
        if (partial.size() > MOST_MESSAGE_BYTES) {
            close(CloseStatus.MESSAGE_TOO_LARGE, "Payload too large");
        } else if (frame.isFin()) {
            String text = partial.toString(StandardCharsets.UTF_8);
            partial.reset();
            Instant in = server.now();
            switch (RpcRequest.parse(text)) {
                case RpcRequest.Refused(String id, Failure failure) -> reply(failure, id, in);
                case RpcRequest.Call call -> call(call, in);
            }
        }
    }

    private void call(RpcRequest.Call call, Instant in) {
        if (!server.rules().mayCall(remote, call.method())) {
            // Not merely refused: the session is ended too (EXCHANGES B, limits).
            reply(Failure.of(RpcError.TOO_MANY_REQUESTS), call.id(), in);
            close(CloseStatus.POLICY_VIOLATION, "too_many_requests");
            return;
        }
        reply(
                server.faults().isInMaintenance()
                        ? Failure.of(RpcError.SYSTEM_MAINTENANCE)
                        : session.call(call.method(), call.params(), in),
                call.id(),
                in);
    }

    private void reply(RpcOutcome outcome, @Nullable String id, Instant in) {
        send(
                new Outgoing(
                        outcome.answer(
                                id, DeribitServer.micros(in), DeribitServer.micros(server.now()))));
    }

    /** Says goodbye, unless it plays dead. */
    void close(int code, String reason) {
        if (dead) {
            return;
        }
        CoreSession open = socket;
        server.closed(this);
        session.leave();
        if (open != null) {
            open.close(code, reason, Callback.from(() -> {}, failure -> open.abort()));
        }
    }

    /** Drops the connection without a word. */
    void abort() {
        leave();
        CoreSession open = socket;
        if (open != null) {
            open.abort();
        }
    }

    private void leave() {
        session.leave();
        Outbox queue = outbox;
        outbox = null;
        if (queue != null) {
            queue.close();
        }
        server.closed(this);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        LOG.atInfo()
                .addKeyValue("remote", remote)
                .addKeyValue("cause", cause.toString())
                .log("Socket failed");
        leave();
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        leave();
        callback.succeeded();
    }

    private static byte[] bytes(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        return payload == null ? new byte[0] : BufferUtil.toArray(payload);
    }
}
