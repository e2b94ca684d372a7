package io.tapeline.chaos.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries TCP between whoever connects to it and one address, as well as its weather lets it. New
 * weather holds at once, also for what is under way.
 */
public final class Wire implements AutoCloseable {

    private final InetSocketAddress far;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;

    /**
     * @param farPort on loopback; need not listen yet
     */
    public Wire(int farPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        far = new InetSocketAddress(loopback, farPort);
        server = new ServerSocket(0, 256, loopback);
        Thread.ofVirtual().name("wire-" + farPort).start(this::accept);
    }

    /** Where to connect to, on loopback. */
    public int port() {
        return server.getLocalPort();
    }

    public void set(Weather newWeather) {
        weather = newWeather;
    }

    /** Every connection ends at once, by resets; new ones are carried. */
    public void cut() {
        open.forEach(Wire::reset);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> carry(near));
            } catch (IOException e) {
                // Closed; a connection that failed before it was taken is its client's to know.
                continue;
            }
        }
    }

    private void carry(Socket near) {
        Socket away = new Socket();
        try {
            away.connect(far);
            open.add(away);
            near.setTcpNoDelay(true);
            away.setTcpNoDelay(true);
            Runnable end =
                    () -> {
                        reset(near);
                        reset(away);
                        open.remove(near);
                        open.remove(away);
                    };
            new Direction(near, away, () -> weather, end).start();
            new Direction(away, near, () -> weather, end).start();
        } catch (IOException e) {
            // The far end refuses: so does the wire.
            reset(near);
            reset(away);
            open.remove(near);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("wire: a socket does not close", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
