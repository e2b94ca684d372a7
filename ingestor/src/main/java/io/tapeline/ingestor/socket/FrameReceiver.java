package io.tapeline.ingestor.socket;

import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.schemas.market.EpochNanos;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of one connection. A message in one frame is handed over where it lies in the network
 * buffer; one in several is put together first. The next frame is demanded before this one's
 * callback returns, so the reading thread goes on without a hop. Pings are answered here, with
 * their payload; closes Jetty itself answers when the callback is completed.
 */
final class FrameReceiver implements FrameHandler {

    private static final Logger log = LoggerFactory.getLogger(FrameReceiver.class);
    private static final Callback LOG_FAILURE =
            Callback.from(
                    () -> {},
                    failure ->
                            log.atDebug()
                                    .addKeyValue("failure", failure.toString())
                                    .log("a frame was not sent: the connection is ending"));

    private final Sockets.Listener listener;
    private final Clock clock;
    private final Fragments fragments;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte[] scratch = new byte[0];

    @SuppressWarnings("NullAway.Init") // set by onOpen, which comes before all frames
    private CoreSession session;

    FrameReceiver(Sockets.Listener listener, int maxMessageBytes, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.fragments = new Fragments(maxMessageBytes);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        callback.succeeded();
        listener.opened(new JettySocket(opened));
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        try {
            switch (frame.getOpCode()) {
                case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> data(frame);
                case OpCode.PING ->
                        // EXCHANGES.md A.2: the pong copies the ping's payload, as soon as may be.
                        session.sendFrame(
                                new OutgoingEntry.Builder(
                                                new Frame(OpCode.PONG, copy(frame.getPayload())),
                                                LOG_FAILURE)
                                        .build());
                default -> {} // pongs say nothing; closes are answered by Jetty
            }
        } catch (Throwable failure) {
            callback.failed(failure);
            return;
        }
        callback.succeeded();
        if (frame.getOpCode() != OpCode.CLOSE) {
            session.demand();
        }
    }

    private void data(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        if (frame.isFin() && fragments.isEmpty()) {
            whole(payload);
            return;
        }
        fragments.add(payload);
        if (frame.isFin()) {
            listener.message(fragments.bytes(), 0, fragments.length(), now());
            fragments.clear();
        }
    }

    private void whole(ByteBuffer payload) {
        int length = payload.remaining();
        if (payload.hasArray()) {
            int from = payload.arrayOffset() + payload.position();
            listener.message(payload.array(), from, from + length, now());
        } else {
            if (scratch.length < length) {
                scratch = new byte[Math.max(length, scratch.length * 2)];
            }
            payload.get(payload.position(), scratch, 0, length);
            listener.message(scratch, 0, length, now());
        }
    }

    private long now() {
        return EpochNanos.of(clock.instant()).value();
    }

    private static ByteBuffer copy(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        if (cause instanceof MessageTooLargeException) {
            listener.tooLarge();
        }
        end(cause.toString());
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        end(status.toString());
        callback.succeeded();
    }

    void end(String reason) {
        if (ended.compareAndSet(false, true)) {
            listener.ended(reason);
        }
    }
}
