package io.tapeline.benchmarks.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the machine can do at best: as many bytes to as many sockets, by as many threads as it has
 * processors, and nothing else. Speaks as much of the protocol as the clients need.
 */
final class BareFanOut implements AutoCloseable {

    /** Numbers of no event of a pair. */
    private static final long FIRST = 40_000;

    private static final byte[] ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = {(byte) 0x81, 2, '{', '}'};

    private final ServerSocketChannel server;
    private final Thread acceptor;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService senders = Executors.newFixedThreadPool(threads);
    private final List<SocketChannel> sockets = new ArrayList<>();
    private final int bytes;
    private long number = FIRST;

    /**
     * @param bytes of a message
     */
    BareFanOut(int bytes) throws IOException {
        this.bytes = bytes;
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        acceptor = Thread.ofPlatform().name("bare-acceptor").start(this::accept);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Of the newest event. */
    long number() {
        return number;
    }

    /** Handshakes come one after the other; two messages follow, as the API sends. */
    private void accept() {
        try {
            while (true) {
                SocketChannel socket = server.accept();
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                ByteBuffer head = ByteBuffer.allocate(1 << 12);
                while (!new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII)
                        .endsWith("\r\n\r\n")) {
                    if (socket.read(head) < 0) {
                        throw new IOException("a client left in its handshake");
                    }
                }
                socket.write(ByteBuffer.wrap(ACCEPTED));
                socket.write(ByteBuffer.wrap(ANSWER));
                socket.write(ByteBuffer.wrap(ANSWER));
                synchronized (sockets) {
                    sockets.add(socket);
                }
            }
        } catch (ClosedChannelException e) {
            // Closed: all have come.
        } catch (IOException e) {
            throw new IllegalStateException("bare fan-out: cannot accept", e);
        }
    }

    /** The next event, to all. */
    void tell() {
        number++;
        byte[] message = frame();
        long now = System.nanoTime();
        EventTimes.written(number, now);
        EventTimes.accepted(number, now);
        List<SocketChannel> all;
        synchronized (sockets) {
            all = List.copyOf(sockets);
        }
        for (int i = 0; i < threads; i++) {
            int first = i;
            senders.execute(() -> {
                ByteBuffer out = ByteBuffer.allocateDirect(message.length).put(message);
                for (int at = first; at < all.size(); at += threads) {
                    write(all.get(at), out.flip());
                }
            });
        }
    }

    private static void write(SocketChannel socket, ByteBuffer out) {
        try {
            while (out.hasRemaining()) {
                socket.write(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException("bare fan-out: a client left", e);
        }
    }

    private byte[] frame() {
        byte[] text =
                "{\"updateId\":%d,\"rest\":\""
                        .formatted(number)
                        .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes);
        frame.put((byte) 0x81).put((byte) 126).putShort((short) bytes).put(text);
        while (frame.remaining() > 2) {
            frame.put((byte) '.');
        }
        return frame.put((byte) '"').put((byte) '}').array();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        acceptor.join();
        senders.shutdownNow();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
