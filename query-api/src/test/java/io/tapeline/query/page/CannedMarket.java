package io.tapeline.query.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the page as it is in the jar, and answers as the native API does, of a market that moves
 * when a test says so. Each test has its own, on a port (and so an origin) of its own.
 */
final class CannedMarket implements AutoCloseable {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css",
                    "js", "text/javascript",
                    "mjs", "text/javascript",
                    "svg", "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CannedAnswers answers = new CannedAnswers();
    private final CannedStream stream = new CannedStream();
    private volatile boolean away;
    private volatile boolean streams = true;

    CannedMarket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI address(String rest) {
        return URI.create(
                "http://%s:%d/%s"
                        .formatted(
                                server.getAddress().getAddress().getHostAddress(),
                                server.getAddress().getPort(),
                                rest));
    }

    /** A server without {@code /v1/stream}. */
    CannedMarket withoutStream() {
        streams = false;
        return this;
    }

    void price(String symbol, String price) {
        stream.send("price", answers.price(symbol, price));
    }

    void price(String venue, String symbol, String price) {
        stream.send("price", answers.price(venue, symbol, price));
    }

    /** Why pages of candles lack some; null: they lack none. */
    void missing(@Nullable String why) {
        answers.missing(why);
    }

    void unreachable(String part, String address) {
        answers.unreachable(part, address);
    }

    void book(String symbol, String state, List<List<String>> bids, List<List<String>> asks) {
        stream.send("book", answers.book(symbol, state, bids, asks));
    }

    /** A trade in the newest minute; the answers to questions do not know of it yet. */
    void streamCandle(String symbol, String close, long trades) throws InterruptedException {
        stream.awaitListener("candle");
        stream.send("candle", CannedAnswers.streamedCandle(symbol, close, trades));
    }

    /** Connections are closed without an answer until {@link #comeBack}. */
    void goAway() {
        away = true;
        stream.close();
    }

    void comeBack() {
        away = false;
    }

    @Override
    public void close() {
        stream.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/v1/")) {
            file(exchange, path.equals("/") ? "/index.html" : path);
        } else if (away) {
            throw new IOException("away");
        } else if (path.equals("/v1/stream") && streams) {
            stream.serve(exchange);
        } else {
            List<String> parts = Arrays.asList(path.substring("/v1/".length()).split("/"));
            CannedAnswers.Answer answer = answers.to(parts);
            String type = answer.status() == 200 ? "application/json" : "application/problem+json";
            byte[] body =
                    JsonMapper.shared()
                            .writeValueAsString(answer.body())
                            .getBytes(StandardCharsets.UTF_8);
            send(exchange, answer.status(), type, body);
        }
    }

    private static void file(HttpExchange exchange, String path) throws IOException {
        try (InputStream in = CannedMarket.class.getResourceAsStream("/static" + path)) {
            if (in == null) {
                send(exchange, 404, "text/plain", new byte[0]);
                return;
            }
            String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
            send(exchange, 200, type == null ? "text/plain" : type, in.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
