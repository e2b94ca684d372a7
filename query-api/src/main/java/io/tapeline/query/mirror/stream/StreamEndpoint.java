package io.tapeline.query.mirror.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket, from its opening to its end. Pings of the client are answered by the container, which
 * does not tell of them: they are not counted among its messages.
 */
final class StreamEndpoint extends Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);

    /** A SUBSCRIBE of 1,024 long names. */
    private static final int LONGEST_MESSAGE = 128 * 1_024;

    private final Connections connections;
    private final Handshake.Wanted wanted;
    private final LongSupplier nanoTime;
    private volatile @Nullable Connection connection;

    StreamEndpoint(Connections connections, Handshake.Wanted wanted, LongSupplier nanoTime) {
        this.connections = connections;
        this.wanted = wanted;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        SessionSocket socket = new SessionSocket(session);
        Optional<Connection> opened = connections.opened(socket, wanted);
        if (opened.isEmpty()) {
            socket.close(Socket.GOING_AWAY, "The server is shutting down.");
            return;
        }
        Connection mine = opened.get();
        connection = mine;
        Conversation conversation = new Conversation(mine);
        // Classes rather than lambdas: the container reads the type of the message from them.
        session.addMessageHandler(
                new MessageHandler.Whole<String>() {
                    @Override
                    public void onMessage(String text) {
                        if (mine.heard(nanoTime.getAsLong())) {
                            conversation.heard(text);
                        }
                    }
                });
        session.addMessageHandler(
                new MessageHandler.Whole<PongMessage>() {
                    @Override
                    public void onMessage(PongMessage pong) {
                        long now = nanoTime.getAsLong();
                        if (mine.heard(now)) {
                            mine.pong(pong.getApplicationData(), now);
                        }
                    }
                });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        Connection mine = connection;
        if (mine == null) {
            connections.giveBack();
        } else {
            connections.gone(mine);
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        LOG.atDebug().setCause(failure).log("mirror: a socket failed");
    }
}
