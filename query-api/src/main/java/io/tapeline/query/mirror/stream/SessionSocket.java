package io.tapeline.query.mirror.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that Tomcat keeps. */
final class SessionSocket implements Socket {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSocket.class);

    private final Session session;

    SessionSocket(Session session) {
        this.session = session;
    }

    @Override
    public void text(String text) throws IOException {
        session.getBasicRemote().sendText(text);
    }

    @Override
    public void ping(byte[] payload) throws IOException {
        session.getBasicRemote().sendPing(ByteBuffer.wrap(payload));
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("mirror: a socket did not close cleanly");
        }
    }
}
