package io.tapeline.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The node's listening sockets, bound before the broker starts and then handed over to it: a port
 * that the operating system chose cannot be taken by another process in between, and a port in use
 * is said before anything was started.
 *
 * <p>A socket belongs to the broker once it asked for it; {@link #close()} closes those it never
 * asked for.
 */
final class ListenerSockets implements ServerSocketFactory, AutoCloseable {
    private static final int BACKLOG = 50;
    private final InetSocketAddress client;
    private final InetSocketAddress controller;
    private final Map<String, ServerSocketChannel> unclaimed = new HashMap<>();

    private ListenerSockets(ServerSocketChannel client, ServerSocketChannel controller)
            throws IOException {
        this.client = (InetSocketAddress) client.getLocalAddress();
        this.controller = (InetSocketAddress) controller.getLocalAddress();
        unclaimed.put(BrokerProperties.BROKER_LISTENER, client);
        unclaimed.put(BrokerProperties.CONTROLLER_LISTENER, controller);
    }

    /**
     * Binds the client listener to {@code host:port} (0: any free port) and the controller's to any
     * free port on loopback.
     *
     * @throws IOException naming the address that could not be bound
     */
    static ListenerSockets bind(String host, int port) throws IOException {
        ServerSocketChannel client = bindOne(new InetSocketAddress(host, port));
        ServerSocketChannel controller = null;
        try {
            controller = bindOne(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new ListenerSockets(client, controller);
        } catch (IOException | RuntimeException e) {
            client.close();
            if (controller != null) {
                controller.close();
            }
            throw e;
        }
    }

    private static ServerSocketChannel bindOne(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException(
                    "Kafka's embedded broker cannot listen on " + address + ": " + e.getMessage(),
                    e);
        }
    }

    InetSocketAddress client() {
        return client;
    }

    InetSocketAddress controller() {
        return controller;
    }

    @Override
    public synchronized ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes)
            throws IOException {
        ServerSocketChannel bound = unclaimed.remove(listenerName);
        if (bound == null) {
            throw new IOException("Listener " + listenerName + " has no socket left to open");
        }
        if (receiveBufferBytes != Selectable.USE_DEFAULT_BUFFER_SIZE) {
            bound.socket().setReceiveBufferSize(receiveBufferBytes);
        }
        return bound;
    }

    @Override
    public synchronized void close() throws IOException {
        for (ServerSocketChannel channel : unclaimed.values()) {
            channel.close();
        }
        unclaimed.clear();
    }
}
