package io.tapeline.benchmarks.frames;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One client: its handshake, its control messages (EXCHANGES.md A.3), and the frames to it. */
public final class FrameConnection {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key:\\s*(\\S+)");
    private static final Pattern PATH = Pattern.compile("^GET (\\S+)");
    private static final Pattern STREAM_NAME = Pattern.compile("[^/?=&]+@[^/?=&]+");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"(\\w+)\"");
    private static final Pattern STREAM = Pattern.compile("\"([^\"]+@[^\"]+)\"");
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_BYTES = 1 << 20;

    private final Socket socket;
    private final OutputStream out;
    private final Map<String, FrameConnection> carriers;
    private volatile boolean combined;

    /**
     * @param carriers which connection carries a stream; kept up to date
     */
    FrameConnection(Socket socket, Map<String, FrameConnection> carriers) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.carriers = carriers;
    }

    /** Until the client leaves. */
    void read() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            upgrade(in);
            while (frame(in)) {
                // each has been answered
            }
        } catch (EOFException | SocketException left) {
            // as clients do
        } catch (IOException e) {
            throw new IllegalStateException("frames: a connection failed", e);
        } finally {
            carriers.values().removeIf(carrier -> carrier == this);
        }
    }

    private void upgrade(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > 8_192) {
                throw new EOFException("no handshake");
            }
            head.write(next);
        }
        Matcher path = PATH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (path.find()) {
            String asked = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            combined = asked.startsWith("/stream");
            STREAM_NAME
                    .matcher(asked)
                    .results()
                    .forEach(stream -> carriers.put(stream.group(), this));
        }
        Matcher key = KEY.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new EOFException("no WebSocket client");
        }
        byte[] accept;
        try {
            accept =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key.group(1) + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(accept)
                        + "\r\n\r\n";
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, 0, bytes.length);
    }

    /** Whether the client wants the name of its stream around each event (EXCHANGES.md A.2). */
    public boolean combined() {
        return combined;
    }

    private boolean frame(DataInputStream in) throws IOException {
        int opCode = in.readUnsignedByte() & 0xf;
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        if (length > MOST_BYTES) {
            throw new EOFException("a control message of " + length + " bytes");
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        switch (opCode) {
            case TEXT -> text(answer(new String(payload, StandardCharsets.UTF_8)));
            case PING -> {
                byte[] pong = framed(PONG, payload);
                write(pong, 0, pong.length);
            }
            case CLOSE -> {
                byte[] close = framed(CLOSE, payload);
                write(close, 0, close.length);
                return false;
            }
            default -> {} // pongs
        }
        return true;
    }

    private String answer(String message) {
        String method = find(METHOD, message);
        String result =
                switch (method) {
                    case "SUBSCRIBE" -> {
                        STREAM.matcher(message)
                                .results()
                                .forEach(stream -> carriers.put(stream.group(1), this));
                        yield "null";
                    }
                    case "UNSUBSCRIBE" -> {
                        STREAM.matcher(message)
                                .results()
                                .forEach(stream -> carriers.remove(stream.group(1), this));
                        yield "null";
                    }
                    case "LIST_SUBSCRIPTIONS" ->
                            carriers.entrySet().stream()
                                    .filter(entry -> entry.getValue() == this)
                                    .map(entry -> '"' + entry.getKey() + '"')
                                    .collect(Collectors.joining(",", "[", "]"));
                    default -> "true"; // properties
                };
        return "{\"result\":" + result + ",\"id\":" + find(ID, message) + "}";
    }

    private static String find(Pattern member, String message) {
        Matcher found = member.matcher(message);
        return found.find() ? found.group(1) : "null";
    }

    private void text(String message) throws IOException {
        byte[] frame = framed(TEXT, message.getBytes(StandardCharsets.UTF_8));
        write(frame, 0, frame.length);
    }

    /** A text frame of the payload, as a server sends it. */
    public static byte[] frame(byte[] payload) {
        return framed(TEXT, payload);
    }

    private static byte[] framed(int opCode, byte[] payload) {
        int head = payload.length < 126 ? 2 : payload.length < 1 << 16 ? 4 : 10;
        byte[] frame = new byte[head + payload.length];
        frame[0] = (byte) (0x80 | opCode);
        if (head == 2) {
            frame[1] = (byte) payload.length;
        } else {
            frame[1] = (byte) (head == 4 ? 126 : 127);
            for (int i = 2, shift = 8 * (head - 3); i < head; i++, shift -= 8) {
                frame[i] = (byte) ((long) payload.length >>> shift);
            }
        }
        System.arraycopy(payload, 0, frame, head, payload.length);
        return frame;
    }

    /**
     * Whole frames, of which several may stand one after the other. Waits while the client does.
     */
    public synchronized void write(byte[] frames, int from, int length) throws IOException {
        out.write(frames, from, length);
    }

    void close() throws IOException {
        socket.close();
    }
}
