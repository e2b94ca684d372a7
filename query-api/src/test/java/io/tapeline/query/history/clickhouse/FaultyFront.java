package io.tapeline.query.history.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Set<String> HOP_BY_HOP =
            new TreeSet<>(String.CASE_INSENSITIVE_ORDER) {
                private static final long serialVersionUID = 1L;

                {
                    addAll(
                            List.of(
                                    "Connection",
                                    "Content-Length",
                                    "Expect",
                                    "Host",
                                    "Transfer-Encoding",
                                    "Upgrade"));
                }
            };

    private final URI server;
    private final HttpServer http;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Fate fate = new Fate.Well();

    public FaultyFront(URI server) throws IOException {
        this.server = server;
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
            case Fate.Well() -> answer(exchange, pass(exchange, body));
            case Fate.Refused(int code, String text) -> {
                exchange.getResponseHeaders()
                        .set("X-ClickHouse-Exception-Code", Integer.toString(code));
                byte[] said =
                        ("Code: " + code + ". DB::Exception: " + text + "\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, said.length);
                exchange.getResponseBody().write(said);
                exchange.close();
            }
            case Fate.AnswerLost() -> {
                var _ = pass(exchange, body);
                throw new IOException("the answer is lost");
            }
            case Fate.Away() -> throw new IOException("away");
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI().toString()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            if (!HOP_BY_HOP.contains(header.getKey())) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
            throws IOException {
        answer.headers()
                .map()
                .forEach((name, values) -> {
                    if (name.toLowerCase(java.util.Locale.ROOT).startsWith("x-clickhouse")) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }
}
