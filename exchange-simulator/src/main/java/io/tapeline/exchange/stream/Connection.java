package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.TimePrecision;
import io.tapeline.exchange.stream.ControlMessage.GetCombined;
import io.tapeline.exchange.stream.ControlMessage.ListSubscriptions;
import io.tapeline.exchange.stream.ControlMessage.Refused;
import io.tapeline.exchange.stream.ControlMessage.SetCombined;
import io.tapeline.exchange.stream.ControlMessage.Subscribe;
import io.tapeline.exchange.stream.ControlMessage.Unsubscribe;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
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

/**
 * One client's socket: its subscriptions, its control messages, and the exchange's rules for both
 * (EXCHANGES A.2, A.3).
 */
final class Connection implements FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** A client that does not take part in closing is cut off after this. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private static final int MOST_MESSAGE_BYTES = 1 << 20;

    private final long id;
    private final StreamHub hub;
    private final Limits limits;
    private final InstantSource clock;
    private final TimePrecision precision;
    private final List<StreamName> first;
    private final String remote;
    private final int mostFrames;
    private final Instant since;
    private final RecentMessages recent;
    private final Set<String> streams = new LinkedHashSet<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final LongAdder framesSent = new LongAdder();
    private volatile boolean combined;
    private volatile @Nullable CoreSession session;
    private volatile @Nullable Outbox outbox;
    private volatile Instant alive;
    private volatile @Nullable Instant closing;
    private Instant pinged;
    private volatile byte[] pingPayload = new byte[0];

    Connection(
            long id,
            StreamHub hub,
            Limits limits,
            InstantSource clock,
            StreamRequest request,
            String remote,
            int mostFrames) {
        this.id = id;
        this.hub = hub;
        this.limits = limits;
        this.clock = clock;
        this.precision = request.precision();
        this.combined = request.combined();
        this.first = request.streams();
        this.remote = remote;
        this.mostFrames = mostFrames;
        this.since = clock.instant();
        this.alive = since;
        this.pinged = since;
        this.recent = new RecentMessages(limits.controlMessagesPerSecond(), Duration.ofSeconds(1));
    }

    TimePrecision precision() {
        return precision;
    }

    /**
     * Queues an event. A client too slow for its queue is disconnected, as the exchange does.
     * Market's thread only.
     */
    void send(Outgoing frame) {
        Outbox queue = outbox;
        if (queue != null && !queue.offer(frame, combined ? frame.enveloped() : frame.raw())) {
            LOG.atWarn()
                    .addKeyValue("connection", id)
                    .addKeyValue("queue", mostFrames)
                    .log("Client too slow, disconnected");
            abort();
        }
    }

    void flush() {
        Outbox queue = outbox;
        if (queue != null) {
            queue.flush();
        }
    }

    boolean crowded() {
        Outbox queue = outbox;
        return queue != null && queue.crowded();
    }

    ConnectionView view() {
        Outbox queue = outbox;
        List<String> names;
        synchronized (streams) {
            names = new ArrayList<>(streams);
        }
        return new ConnectionView(
                id,
                remote,
                since,
                combined,
                names,
                queue == null ? 0 : queue.waiting(),
                framesSent.sum());
    }

    private void written() {
        framesSent.increment();
        hub.written();
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        outbox = new Outbox(opened, mostFrames, hub::roomAgain, this::written);
        hub.opened(this);
        for (StreamName name : first) {
            add(name);
        }
        callback.succeeded();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> {
                leave();
                callback.succeeded();
            }
            case OpCode.PING -> {
                byte[] payload = bytes(frame);
                if (withinLimit()) {
                    control(OpCode.PONG, payload);
                }
                proceed(callback);
            }
            case OpCode.PONG -> {
                // An unsolicited pong is allowed and does not prove that the client lives (A.2).
                if (withinLimit() && Arrays.equals(bytes(frame), pingPayload)) {
                    alive = clock.instant();
                }
                proceed(callback);
            }
            default -> {
                data(frame);
                proceed(callback);
            }
        }
    }

    private void proceed(Callback callback) {
        callback.succeeded();
        CoreSession open = session;
        if (open != null) {
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
            if (withinLimit()) {
                answer(ControlMessage.parse(text));
            }
        }
    }

    /** More than the allowed messages within a second end the connection (A.2). */
    private boolean withinLimit() {
        if (recent.allows(clock.instant())) {
            return true;
        }
        close(CloseStatus.POLICY_VIOLATION, "Too many requests");
        return false;
    }

    private void answer(ControlMessage message) {
        switch (message) {
            case Subscribe(List<String> names, String requestId) -> subscribe(names, requestId);
            case Unsubscribe(List<String> names, String requestId) -> {
                names.forEach(this::remove);
                reply("{\"result\":null,\"id\":" + requestId + "}");
            }
            case ListSubscriptions(String requestId) -> {
                List<String> names;
                synchronized (streams) {
                    names = new ArrayList<>(streams);
                }
                reply(
                        "{\"result\":"
                                + ControlMessage.JSON.writeValueAsString(names)
                                + ",\"id\":"
                                + requestId
                                + "}");
            }
            case SetCombined(boolean wanted, String requestId) -> {
                combined = wanted;
                reply("{\"result\":null,\"id\":" + requestId + "}");
            }
            case GetCombined(String requestId) ->
                    reply("{\"result\":" + combined + ",\"id\":" + requestId + "}");
            case Refused(String words) -> reply(words);
        }
    }

    private void subscribe(List<String> names, String requestId) {
        List<StreamName> wanted = new ArrayList<>();
        for (String name : names) {
            Optional<StreamName> parsed = StreamName.parse(name);
            if (parsed.isEmpty()) {
                reply(ControlMessage.invalidStream(requestId).answer());
                return;
            }
            wanted.add(parsed.get());
        }
        synchronized (streams) {
            Set<String> after = new LinkedHashSet<>(streams);
            wanted.forEach(name -> after.add(name.text()));
            if (after.size() > limits.streamsPerConnection()) {
                reply(ControlMessage.invalid("too many parameters").answer());
                return;
            }
        }
        wanted.forEach(this::add);
        reply("{\"result\":null,\"id\":" + requestId + "}");
    }

    private void add(StreamName name) {
        synchronized (streams) {
            if (streams.add(name.text())) {
                hub.subscribe(this, name);
            }
        }
    }

    private void remove(String name) {
        synchronized (streams) {
            if (streams.remove(name)) {
                hub.unsubscribe(this, name);
            }
        }
    }

    private void reply(String words) {
        Outbox queue = outbox;
        Outgoing answer = new Outgoing(words);
        if (queue != null && queue.offer(answer, answer.raw())) {
            queue.flush();
        }
    }

    private void control(byte opCode, byte[] payload) {
        Outbox queue = outbox;
        if (queue != null) {
            queue.control(opCode, payload);
        }
    }

    /**
     * What is due by the clock: a ping, the end of a client that does not answer, the end of a long
     * life.
     */
    void keep(Instant now) {
        Instant ending = closing;
        if (ending != null) {
            if (now.isAfter(ending.plus(CLOSE_GRACE))) {
                abort();
            }
        } else if (!now.isBefore(since.plus(limits.lifetime()))) {
            close(CloseStatus.SHUTDOWN, "");
        } else if (!now.isBefore(pinged.plus(limits.pingEvery()))) {
            pinged = now;
            if (now.isAfter(alive.plus(limits.pongWithin()))) {
                LOG.atInfo().addKeyValue("connection", id).log("No pong, disconnected");
                close(CloseStatus.POLICY_VIOLATION, "Pong timeout");
                return;
            }
            pingPayload = Long.toString(now.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
            control(OpCode.PING, pingPayload);
        }
    }

    void close(int code, String reason) {
        closing = clock.instant();
        leave();
        CoreSession open = session;
        if (open != null) {
            open.close(code, reason, Callback.from(() -> {}, failure -> open.abort()));
        }
    }

    private void abort() {
        leave();
        CoreSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    private void leave() {
        synchronized (streams) {
            streams.forEach(name -> hub.unsubscribe(this, name));
            streams.clear();
        }
        Outbox queue = outbox;
        outbox = null;
        if (queue != null) {
            queue.close();
        }
        hub.roomAgain();
    }

    private void gone() {
        leave();
        hub.closed(this);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        LOG.atInfo()
                .addKeyValue("connection", id)
                .addKeyValue("cause", cause.toString())
                .log("Socket failed");
        gone();
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        gone();
        callback.succeeded();
    }

    private static byte[] bytes(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        return payload == null ? new byte[0] : BufferUtil.toArray(payload);
    }
}
