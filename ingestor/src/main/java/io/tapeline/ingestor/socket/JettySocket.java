package io.tapeline.ingestor.socket;

import io.tapeline.ingestor.connection.Sockets;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection of Jetty's. A message that cannot be sent ends it, which the listener hears.
 */
final class JettySocket implements Sockets.Socket {

    private static final Logger log = LoggerFactory.getLogger(JettySocket.class);

    private final CoreSession session;

    JettySocket(CoreSession session) {
        this.session = session;
    }

    @Override
    public void send(String text) {
        session.sendFrame(
                new OutgoingEntry.Builder(
                                new Frame(OpCode.TEXT, text),
                                Callback.from(() -> {}, failure -> abort("send", failure)))
                        .build());
    }

    @Override
    public void close() {
        session.close(
                CloseStatus.NORMAL,
                null,
                Callback.from(() -> {}, failure -> abort("close", failure)));
    }

    private void abort(String what, Throwable failure) {
        log.atDebug()
                .addKeyValue("attempted", what)
                .addKeyValue("failure", failure.toString())
                .log("WebSocket connection aborted");
        session.abort();
    }
}
