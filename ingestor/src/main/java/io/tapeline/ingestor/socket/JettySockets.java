package io.tapeline.ingestor.socket;

import io.tapeline.ingestor.connection.Sockets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/**
 * Connections on Jetty's core WebSocket client, which hands over frames as bytes. No compression is
 * offered: inflating costs ten times what reading does.
 */
public final class JettySockets implements Sockets, AutoCloseable {

    /** Large enough that a burst of many frames is read, and answered for, in one go. */
    private static final int INPUT_BUFFER_BYTES = 256 * 1024;

    private static final int POOLED_STEP_BYTES = 4 * 1024;
    private static final long POOLED_BYTES = 64L * INPUT_BUFFER_BYTES;

    private static final int MIN_THREADS = 2;
    private static final int MAX_THREADS = 16;

    private final WebSocketCoreClient client;
    private final SocketLimits limits;
    private final Clock clock;

    private JettySockets(WebSocketCoreClient client, SocketLimits limits, Clock clock) {
        this.client = client;
        this.limits = limits;
        this.clock = clock;
    }

    public static JettySockets start(String name, SocketLimits limits, Clock clock) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName(name);
        threads.setDaemon(true);
        HttpClient http = new HttpClient();
        http.setExecutor(threads);
        http.setConnectTimeout(limits.connectWithin().toMillis());
        WebSocketCoreClient client =
                new WebSocketCoreClient(
                        http, new WebSocketComponents(null, null, buffers(), null, null));
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("WebSocket client " + name + " does not start", e);
        }
        return new JettySockets(client, limits, clock);
    }

    /**
     * Jetty's own pool keeps nothing above 64 KiB: each read would make, and clear, an input buffer
     * anew, which was half of all garbage of a process that follows a whole market.
     */
    private static ByteBufferPool buffers() {
        return new ArrayByteBufferPool(
                0,
                POOLED_STEP_BYTES,
                INPUT_BUFFER_BYTES,
                Integer.MAX_VALUE,
                POOLED_BYTES,
                POOLED_BYTES);
    }

    @Override
    public void connect(URI address, Listener listener) {
        FrameReceiver receiver = new FrameReceiver(listener, limits.maxMessageBytes(), clock);
        try {
            CoreClientUpgradeRequest request = new Upgrade(client, address, receiver, listener);
            request.timeout(limits.connectWithin().toMillis(), TimeUnit.MILLISECONDS);
            request.setConfiguration(configuration());
            var _ =
                    client.connect(request)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    receiver.end(failure.toString());
                                }
                            });
        } catch (Exception e) {
            receiver.end(e.toString());
        }
    }

    private Configuration.ConfigurationCustomizer configuration() {
        Configuration.ConfigurationCustomizer configuration =
                new Configuration.ConfigurationCustomizer();
        configuration.setInputBufferSize(INPUT_BUFFER_BYTES);
        configuration.setMaxFrameSize(limits.maxMessageBytes());
        configuration.setMaxTextMessageSize(limits.maxMessageBytes());
        configuration.setIdleTimeout(limits.silence());
        return configuration;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("WebSocket client does not stop", e);
        }
    }

    /**
     * @param maxMessageBytes of a message; one that is larger ends its connection
     * @param silence longest time without a single frame, pings included (EXCHANGES.md A.2: the
     *     server pings every 20 s)
     */
    public record SocketLimits(int maxMessageBytes, Duration connectWithin, Duration silence) {

        public SocketLimits {
            if (maxMessageBytes < 1 << 16) {
                throw new IllegalArgumentException(
                        "socket limits: maxMessageBytes " + maxMessageBytes + " is below 65536");
            }
        }
    }
}
