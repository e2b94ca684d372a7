package io.tapeline.exchange;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client that keeps every text it receives, and can wait for one. */
final class StreamClient implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private StreamClient(URI uri) {
        socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    static StreamClient connect(SimulatedExchange exchange, String pathAndQuery) {
        return new StreamClient(URI.create(exchange.wsUrl() + pathAndQuery));
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .join();
    }

    /** The next text, whatever it is. */
    String next() throws InterruptedException {
        return take(texts, "a text");
    }

    /** The next text that passes; those before it are dropped. */
    String next(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String text = texts.poll(100, TimeUnit.MILLISECONDS);
            if (text != null && wanted.test(text)) {
                return text;
            }
        }
        throw new AssertionError("no such text within " + PATIENCE);
    }

    /** The next texts that pass, as many as wanted. */
    List<String> next(int count, Predicate<String> wanted) throws InterruptedException {
        List<String> found = new ArrayList<>();
        while (found.size() < count) {
            found.add(next(wanted));
        }
        return found;
    }

    /** The code with which the exchange closed the socket. */
    int closeCode() throws InterruptedException {
        return take(closes, "a close");
    }

    /** Everything received within the while. */
    List<String> within(Duration time) throws InterruptedException {
        List<String> found = new ArrayList<>();
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            String text = texts.poll(left, TimeUnit.NANOSECONDS);
            if (text != null) {
                found.add(text);
            }
        }
        return found;
    }

    private static <T> T take(BlockingQueue<T> queue, String what) throws InterruptedException {
        @Nullable T taken = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("no such thing as " + what + " within " + PATIENCE);
        }
        return taken;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closes.add(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closes.add(1006);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
