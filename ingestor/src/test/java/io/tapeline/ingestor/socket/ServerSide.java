package io.tapeline.ingestor.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The other side of one WebSocket, byte by byte; whatever it is told to send, it sends. */
final class ServerSide implements AutoCloseable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();

    ServerSide(String refusal) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("server-side").start(() -> accept(refusal));
    }

    /** One that accepts. */
    ServerSide() throws IOException {
        this("");
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/stream");
    }

    private void accept(String refusal) {
        try {
            Socket socket = server.accept();
            String request = head(socket.getInputStream());
            String answer =
                    refusal.isEmpty()
                            ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + acceptOf(request)
                                    + "\r\n\r\n"
                            : refusal;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            accepted.complete(socket);
        } catch (Exception e) {
            accepted.completeExceptionally(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended within the request's head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String acceptOf(String request) throws Exception {
        String key =
                request.lines()
                        .filter(line ->
                                line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst("^[^:]*:\\s*", "");
        return Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-1")
                                .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    }

    /** One text frame of any length. */
    void send(byte[] payload) throws Exception {
        OutputStream out = accepted.get().getOutputStream();
        byte[] head = {
            (byte) 0x81,
            127,
            0,
            0,
            0,
            0,
            (byte) (payload.length >>> 24),
            (byte) (payload.length >>> 16),
            (byte) (payload.length >>> 8),
            (byte) payload.length
        };
        out.write(head);
        out.write(payload);
        out.flush();
    }

    @Override
    public void close() throws Exception {
        server.close();
        if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
            accepted.get().close();
        }
    }
}
