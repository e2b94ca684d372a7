package io.tapeline.query.history.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a server, and does to inserts what a server in trouble does; questions pass, so
 * that a test can look.
 */
public final class FaultyFront implements AutoCloseable {

    /** What becomes of an insert. */
    public sealed interface Fate {
        /** Passed on, and its answer back. */
        record Well() implements Fate {}

        /** The server's own refusal; nothing is written. */
        record Refused(int code, String text) implements Fate {}

        /** Written, but nobody is told: the connection breaks. */
        record AnswerLost() implements Fate {}

        /** The connection breaks before anything is written. */
        record Away() implements Fate {}
    }

    private final Passage passage;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Fate fate = new Fate.Well();

    public FaultyFront(URI server) throws IOException {
        passage = new Passage(server, Map.of());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    public void set(Fate next) {
        fate = next;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        Fate now = query.contains("INSERT") ? fate : new Fate.Well();
        switch (now) {
            case Fate.Well() -> Passage.answer(exchange, passage.pass(exchange, body));
            case Fate.Refused(int code, String text) -> Passage.refuse(exchange, 500, code, text);
            case Fate.AnswerLost() -> {
                var _ = passage.pass(exchange, body);
                throw new IOException("the answer is lost");
            }
            case Fate.Away() -> throw new IOException("away");
        }
    }

    @Override
    public void close() {
        http.stop(0);
        passage.close();
        threads.shutdownNow();
    }
}
