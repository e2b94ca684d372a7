package io.tapeline.query.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events to whoever listens for their type. */
final class CannedStream {

    private static final String END = "";
    private static final Duration LISTENER_LIMIT = Duration.ofSeconds(20);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(List<String> types, BlockingQueue<String> events) {}

    /** Returns when somebody listens for the type. */
    synchronized void awaitListener(String type) throws InterruptedException {
        long limit = System.nanoTime() + LISTENER_LIMIT.toNanos();
        while (listeners.stream().noneMatch(listener -> listener.types().contains(type))) {
            long leftMs = (limit - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("nobody listens for " + type);
            }
            wait(leftMs);
        }
    }

    void send(String type, Object body) {
        String event = "event: " + type + "\ndata: " + JsonMapper.shared().writeValueAsString(body);
        for (Listener listener : listeners) {
            if (listener.types().contains(type)) {
                listener.events().add(event + "\n\n");
            }
        }
    }

    /** Returns when the listener went or {@link #close} was called. */
    void serve(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String types = query.substring(query.indexOf("types=") + "types=".length());
        Listener listener = new Listener(List.of(types.split(",")), new LinkedBlockingQueue<>());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        add(listener);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(": open\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (String event = listener.events().take();
                    !event.equals(END);
                    event = listener.events().take()) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.remove(listener);
        }
    }

    private synchronized void add(Listener listener) {
        listeners.add(listener);
        notifyAll();
    }

    void close() {
        for (Listener listener : listeners) {
            listener.events().add(END);
        }
    }
}
