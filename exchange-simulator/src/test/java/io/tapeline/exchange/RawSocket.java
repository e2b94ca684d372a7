package io.tapeline.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that opens a web socket by hand and then does nothing that it should: it answers no
 * ping, and reads only when told.
 */
final class RawSocket implements AutoCloseable {

    private static final int PING = 0x9;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final boolean opened;

    private RawSocket(Socket socket, String path) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + "Host: localhost\r\n"
                                        + "Upgrade: websocket\r\n"
                                        + "Connection: Upgrade\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        this.in = new BufferedInputStream(socket.getInputStream(), 512);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        this.opened = head.toString().startsWith("HTTP/1.1 101");
    }

    static RawSocket connect(SimulatedExchange exchange, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", exchange.port()));
        return new RawSocket(socket, path);
    }

    boolean opened() {
        return opened;
    }

    /**
     * Reads frames until the other side ends the connection; says how many pings were among them.
     */
    int pingsUntilClosed() throws IOException {
        int pings = 0;
        for (int first = in.read(); first >= 0 && (first & 0xf) != 0x8; first = in.read()) {
            pings += (first & 0xf) == PING ? 1 : 0;
            int length = in.read();
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            in.skipNBytes(length);
        }
        return pings;
    }

    /** Whether the other side has ended the connection; waits a little for it. */
    boolean ended() throws IOException {
        socket.setSoTimeout(50);
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    /** Reads and drops bytes until the other side ends or nothing comes for a while. */
    long drain(int quietMillis) throws IOException {
        socket.setSoTimeout(quietMillis);
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
        } catch (java.net.SocketTimeoutException e) {
            return bytes;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
