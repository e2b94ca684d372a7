package io.tapeline.benchmarks.frames;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts WebSocket clients on the loopback address and remembers what each has subscribed. */
public final class FrameServer implements AutoCloseable {

    private final ServerSocket listening;
    private final List<FrameConnection> connections = new CopyOnWriteArrayList<>();
    private final Map<String, FrameConnection> carriers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public FrameServer() throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("frames-accept").start(this::accept);
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                FrameConnection connection = new FrameConnection(socket, carriers);
                connections.add(connection);
                Thread.ofVirtual().name("frames-read").start(connection::read);
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException("frames: no client can be accepted", e);
                }
            }
        }
    }

    /** How many streams are subscribed, over all connections. */
    public int subscribed() {
        return carriers.size();
    }

    /**
     * The connection that carries the stream.
     *
     * @throws IllegalStateException if none does
     */
    public FrameConnection carrier(String stream) {
        FrameConnection connection = carriers.get(stream);
        if (connection == null) {
            throw new IllegalStateException("frames: nobody has subscribed " + stream);
        }
        return connection;
    }

    /** Ends all connections; new ones are welcome. */
    public void hangUp() throws IOException {
        for (FrameConnection connection : connections) {
            connection.close();
        }
        connections.clear();
        carriers.clear();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        for (FrameConnection connection : connections) {
            connection.close();
        }
    }
}
