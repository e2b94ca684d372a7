package io.tapeline.benchmarks.live;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients of {@code /v1/ws} that cost as little as can be: one thread reads for all of them, and
 * looks for an event's number alone. What they still cost is in what is measured.
 *
 * <p>Events are numbered without a hole. So of each client it is known which it was not told: once
 * it has been told the last one, {@code heard + passedOver} is what there was.
 */
final class SocketClients implements AutoCloseable {

    private static final long MOST_NANOS = 60_000_000_000L;
    private static final int HEAD_BYTES = 256;
    private static final int PONG = 0x8A;
    private static final int PING = 0x9;

    private final int port;
    private final byte[] marker;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final Recorder latency = new Recorder(MOST_NANOS, 3);
    private final Recorder whole = new Recorder(MOST_NANOS, 3);
    private final LongAdder heard = new LongAdder();
    private final LongAdder passedOver = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private final Thread thread;
    private volatile long after = Long.MAX_VALUE;
    private volatile boolean over;

    /** One connection; reads frames without keeping them. */
    private static final class Client {
        private final SocketChannel channel;
        private final byte[] head = new byte[HEAD_BYTES];
        private int headLength;
        private long frameLeft = -1;
        private int opcode;

        /** Of the newest event told; 0: none was yet. */
        private long newest;

        Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * @param marker what stands before an event's number
     */
    SocketClients(int port, String marker) throws IOException {
        this.port = port;
        this.marker = marker.getBytes(StandardCharsets.US_ASCII);
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name("clients").unstarted(this::run);
    }

    /** Opens as many, each of which says the message; to be called before {@link #start}. */
    void open(int count, String message) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            write(
                    channel,
                    ("GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            readHead(channel);
            write(channel, masked(0x81, message.getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            Client client = new Client(channel);
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    void start() {
        thread.start();
    }

    /** Events of higher numbers are counted from now on; to be called before there are any. */
    void countAfter(long number) {
        after = number;
    }

    private static void readHead(SocketChannel channel) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new EOFException("handshake: " + head.toString(StandardCharsets.US_ASCII));
            }
            head.write(one.get(0));
        }
        if (!head.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101")) {
            throw new IOException("handshake: " + head.toString(StandardCharsets.US_ASCII));
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private static byte[] masked(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private void run() {
        try {
            while (!over) {
                selector.select(key -> read((Client) key.attachment()), 500);
            }
        } catch (IOException e) {
            throw new IllegalStateException("clients: the selector failed", e);
        }
    }

    private void read(Client client) {
        try {
            buffer.clear();
            int count = client.channel.read(buffer);
            if (count < 0) {
                closed.increment();
                client.channel.close();
                return;
            }
            buffer.flip();
            take(client);
        } catch (IOException e) {
            closed.increment();
        }
    }

    /** Frames may arrive in pieces; a frame's header, of a server, does not in practice. */
    private void take(Client client) throws IOException {
        while (buffer.hasRemaining()) {
            if (client.frameLeft < 0) {
                client.opcode = buffer.get() & 0x0F;
                int length = buffer.get() & 0x7F;
                client.frameLeft =
                        length == 126
                                ? buffer.getShort() & 0xFFFF
                                : length == 127 ? buffer.getLong() : length;
                client.headLength = 0;
            }
            int here = (int) Math.min(client.frameLeft, buffer.remaining());
            int kept = Math.min(here, HEAD_BYTES - client.headLength);
            buffer.get(client.head, client.headLength, kept);
            client.headLength += kept;
            buffer.position(buffer.position() + here - kept);
            client.frameLeft -= here;
            if (client.frameLeft == 0) {
                client.frameLeft = -1;
                whole(client);
            }
        }
    }

    private void whole(Client client) throws IOException {
        if (client.opcode == PING) {
            write(client.channel, masked(PONG, new byte[0]));
            return;
        }
        messages.increment();
        long number = number(client.head, client.headLength);
        if (number > after) {
            count(client, number);
        }
    }

    private void count(Client client, long number) {
        long last = Math.max(client.newest, after);
        if (number <= last) {
            again.increment();
            return;
        }
        client.newest = number;
        passedOver.add(number - last - 1);
        heard.increment();
        long now = System.nanoTime();
        whole.recordValue(Math.clamp(now - EventTimes.writtenNanos(number), 0, MOST_NANOS));
        // It may be here before the stream thread has come to look at the clock: at once.
        long accepted = EventTimes.acceptedNanos(number);
        latency.recordValue(accepted == 0 ? 0 : Math.clamp(now - accepted, 0, MOST_NANOS));
    }

    /** After the marker; -1 where it is not there. */
    private long number(byte[] head, int length) {
        for (int i = 0; i + marker.length < length; i++) {
            int matched = 0;
            while (matched < marker.length && head[i + matched] == marker[matched]) {
                matched++;
            }
            if (matched == marker.length) {
                long number = 0;
                for (int at = i + matched; at < length; at++) {
                    if (head[at] < '0' || head[at] > '9') {
                        return number;
                    }
                    number = number * 10 + head[at] - '0';
                }
            }
        }
        return -1;
    }

    /** Events heard, each by each client. */
    long heard() {
        return heard.sum();
    }

    /** Events not heard by a client that has heard a later one, each for each client. */
    long passedOver() {
        return passedOver.sum();
    }

    /** Events heard by a client that had heard them, or a later one, before. */
    long again() {
        return again.sum();
    }

    /** Of any kind, answers and what is told first included. */
    long messages() {
        return messages.sum();
    }

    /** Connections that the other side ended. */
    long closed() {
        return closed.sum();
    }

    /** From accepted to heard, of what was heard since the last call; in nanoseconds. */
    Histogram takeLatency() {
        return latency.getIntervalHistogram();
    }

    /** Likewise from when the raw record was handed to its producer. */
    Histogram takeWhole() {
        return whole.getIntervalHistogram();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        over = true;
        selector.wakeup();
        if (thread.isAlive()) {
            thread.join();
        }
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
