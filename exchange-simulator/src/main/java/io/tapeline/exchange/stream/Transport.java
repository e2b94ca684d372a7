package io.tapeline.exchange.stream;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP connection beneath a socket. */
record Transport(EndPoint endPoint) {

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** Ends it with a reset: the other side sees an error, not an end. */
    void reset() {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                LOG.atInfo()
                        .addKeyValue("cause", e.toString())
                        .log("The connection was gone before its reset");
            }
        }
        endPoint.close();
    }
}
