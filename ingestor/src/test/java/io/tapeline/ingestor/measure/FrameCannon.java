package io.tapeline.ingestor.measure;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends prepared frames as fast as a socket takes them: as little of an exchange as an ingestor
 * needs to subscribe, so that what is measured is the ingestor and not the other side.
 */
final class FrameCannon implements AutoCloseable {

    private static final Pattern KEY =
            Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final ServerSocket server;
    private final String exchangeInfo;
    private final byte[] frames;
    private final int[] ends;
    private volatile @Nullable OutputStream subscriber;

    private FrameCannon(ServerSocket server, String exchangeInfo, byte[] frames, int[] ends) {
        this.server = server;
        this.exchangeInfo = exchangeInfo;
        this.frames = frames;
        this.ends = ends;
    }

    static FrameCannon start(List<String> symbols, List<byte[]> payloads) throws IOException {
        String listed =
                symbols.stream()
                        .map(s ->
                                "{\"symbol\":\""
                                        + s
                                        + "\",\"status\":\"TRADING\",\"baseAsset\":\"X\","
                                        + "\"quoteAsset\":\"USDT\",\"filters\":[]}")
                        .collect(Collectors.joining(","));
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int[] ends = new int[payloads.size()];
        for (int i = 0; i < payloads.size(); i++) {
            String head =
                    "{\"stream\":\""
                            + symbols.get(i % symbols.size()).toLowerCase(Locale.ROOT)
                            + "@depth@100ms\",\"data\":";
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            text.writeBytes(payloads.get(i));
            text.write('}');
            frames.writeBytes(frame(text.toByteArray()));
            ends[i] = frames.size();
        }
        FrameCannon cannon =
                new FrameCannon(
                        new ServerSocket(0, 16, InetAddress.getLoopbackAddress()),
                        "{\"rateLimits\":[],\"symbols\":[" + listed + "]}",
                        frames.toByteArray(),
                        ends);
        Thread.ofPlatform().daemon().name("cannon").start(cannon::accept);
        return cannon;
    }

    URI restUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    /** Sends so many frames; returns when the socket has taken them. */
    void fire(int events) throws IOException {
        OutputStream out = subscriber;
        if (out == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        for (int left = events; left > 0; left -= ends.length) {
            out.write(frames, 0, ends[Math.min(left, ends.length) - 1]);
        }
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String request = request(in); !request.isEmpty(); request = request(in)) {
                Matcher key = KEY.matcher(request);
                if (key.find()) {
                    out.write(upgrade(key.group(1)));
                    subscriptions(in, out);
                    return;
                }
                byte[] body = exchangeInfo.getBytes(StandardCharsets.UTF_8);
                out.write(
                        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
            }
        } catch (IOException closed) {
            subscriber = null;
        }
    }

    private static String request(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] upgrade(String key) throws IOException {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                            .getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection:"
                            + " Upgrade\r\nSec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(hash)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private void subscriptions(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            if (opcode == 8) {
                subscriber = null;
                return;
            }
            Matcher id = ID.matcher(new String(payload, StandardCharsets.UTF_8));
            if (id.find()) {
                subscriber = out;
                out.write(
                        frame(
                                ("{\"result\":null,\"id\":" + id.group(1) + "}")
                                        .getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static byte[] frame(byte[] text) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (text.length < 126) {
            frame.write(text.length);
        } else {
            frame.write(126);
            frame.write(text.length >>> 8);
            frame.write(text.length & 0xff);
        }
        frame.writeBytes(text);
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
