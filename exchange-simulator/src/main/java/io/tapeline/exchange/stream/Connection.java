package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.TimePrecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's socket, from its opening to its end, and the rules of A.2 for it. */
final class Connection implements FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final long id;
    private final StreamHub hub;
    private final InstantSource clock;
    private final Judge judge;
    private final SocketFaults faults;
    private final TimePrecision precision;
    private final List<StreamName> first;
    private final String remote;
    private final int mostFrames;
    private final ClientSocket socket;
    private final RecentMessages recent;
    private final Liveness liveness;
    private final Subscriptions subscriptions;
    private final Conversation conversation;
    private final Sender sender = new Sender();
    private final Incoming incoming = new Incoming();
    private final LongAdder framesSent = new LongAdder();
    private volatile boolean combined;

    Connection(
            long id,
            Surroundings surroundings,
            StreamRequest request,
            String remote,
            Transport transport) {
        this.id = id;
        this.hub = surroundings.hub();
        this.clock = surroundings.clock();
        this.judge = surroundings.judge();
        this.faults = surroundings.socketFaults();
        this.precision = request.precision();
        this.combined = request.combined();
        this.first = request.streams();
        this.remote = remote;
        this.mostFrames = surroundings.mostFrames();
        this.socket = new ClientSocket(transport);
        Limits limits = surroundings.limits();
        this.recent = new RecentMessages(limits.controlMessagesPerSecond(), Duration.ofSeconds(1));
        this.liveness = new Liveness(limits, clock.instant());
        this.subscriptions = new Subscriptions(this, hub);
        this.conversation =
                new Conversation(this, limits, clock, judge, surroundings.answerFaults());
    }

    long id() {
        return id;
    }

    String remote() {
        return remote;
    }

    Instant since() {
        return liveness.since();
    }

    TimePrecision precision() {
        return precision;
    }

    boolean combined() {
        return combined;
    }

    void combined(boolean wanted) {
        combined = wanted;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** How it is named where faults tell whom they struck. */
    String text() {
        return "connection " + id;
    }

    /** Queues an event. A client too slow for its queue is disconnected, as the exchange does. */
    void send(Outgoing frame) {
        if (!sender.offer(frame, combined)) {
            LOG.atWarn()
                    .addKeyValue("connection", id)
                    .addKeyValue("queue", mostFrames)
                    .log("Client too slow, disconnected");
            abort();
        }
    }

    Sender sender() {
        return sender;
    }

    ConnectionView view() {
        return new ConnectionView(
                id,
                remote,
                since(),
                combined,
                subscriptions.names(),
                sender.waiting(),
                framesSent.sum());
    }

    private void written(Outgoing frame) {
        frame.sent(id);
        framesSent.increment();
        hub.written();
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        socket.opened(opened);
        sender.begin(new Outbox(opened, mostFrames, hub::roomAgain, this::written));
        hub.opened(this);
        first.forEach(subscriptions::add);
        callback.succeeded();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        byte[] payload = Incoming.bytes(frame);
        Instant now = clock.instant();
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> {
                leave();
                callback.succeeded();
                return;
            }
            case OpCode.PING -> {
                if (withinLimit(now)) {
                    sender.control(OpCode.PONG, payload);
                }
            }
            case OpCode.PONG -> {
                if (withinLimit(now)) {
                    if (faults.losePong(this)) {
                        liveness.lostPong(payload);
                    } else {
                        liveness.pong(payload, now);
                    }
                }
            }
            default -> data(payload, frame.isFin(), now);
        }
        callback.succeeded();
        socket.demand();
    }

    private void data(byte[] payload, boolean last, Instant now) {
        switch (incoming.take(payload, last)) {
            case Incoming.Unfinished() -> {}
            case Incoming.TooLarge() -> close(CloseStatus.MESSAGE_TOO_LARGE, "Payload too large");
            case Incoming.Whole(String text) -> {
                if (withinLimit(now)) {
                    conversation.heard(text);
                }
            }
        }
    }

    /** More than the allowed messages within a second end the connection (A.2). */
    private boolean withinLimit(Instant now) {
        judge.message(id, remote, now);
        if (recent.allows(now)) {
            return true;
        }
        close(CloseStatus.POLICY_VIOLATION, "Too many requests");
        return false;
    }

    void reply(String words) {
        tell(new Outgoing(words));
    }

    /** Sends what is no event of a stream. */
    void tell(Outgoing words) {
        if (sender.offer(words, combined)) {
            sender.flush();
        }
    }

    /** Does what is due by the clock. */
    void keep(Instant now) {
        if (socket.isFrozen()) {
            return;
        }
        switch (liveness.due(now)) {
            case NOTHING -> {}
            case PING -> {
                if (faults.withholdPing(this)) {
                    liveness.notPinged(now);
                } else {
                    sender.control(OpCode.PING, liveness.ping(now));
                }
            }
            case PONG_LATE -> {
                if (!faults.holdsPingsUp(this)) {
                    judge.pongLate(id, remote, now);
                }
                endForPong();
            }
            case PONG_LOST -> endForPong();
            case OLD -> close(CloseStatus.SHUTDOWN, "");
            case CLOSED_IN_VAIN -> abort();
        }
    }

    private void endForPong() {
        LOG.atInfo().addKeyValue("connection", id).log("No pong, disconnected");
        close(CloseStatus.POLICY_VIOLATION, "Pong timeout");
    }

    void close(int code, String reason) {
        liveness.closing(clock.instant());
        leave();
        socket.close(code, reason);
    }

    /** Ends it with a TCP reset. */
    void reset() {
        leave();
        socket.reset();
    }

    /** From now on nothing is read or written; the socket stays open. */
    void freeze() {
        socket.freeze();
        leave();
    }

    private void abort() {
        leave();
        socket.abort();
    }

    private void leave() {
        subscriptions.end();
        sender.end();
        hub.roomAgain();
    }

    private void gone() {
        leave();
        hub.closed(this);
        judge.gone(id);
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
}
