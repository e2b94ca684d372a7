package io.tapeline.query.history.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** To a server behind a front: requests there, answers back. */
final class Passage implements AutoCloseable {

    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    private final URI server;
    private final Map<String, String> instead;
    private final Set<String> left;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param instead headers that take the place of the asker's, by their names in small letters
     */
    Passage(URI server, Map<String, String> instead) {
        this.server = server;
        this.instead = instead;
        left = new HashSet<>(HOP_BY_HOP);
        left.addAll(instead.keySet());
    }

    HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI().toString()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            if (!left.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        instead.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .map()
                .forEach((name, values) -> {
                    if (name.toLowerCase(Locale.ROOT).startsWith("x-clickhouse")) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
        write(exchange, answer.statusCode(), answer.body());
    }

    /** As the server words its own refusals. */
    static void refuse(HttpExchange exchange, int status, int code, String text)
            throws IOException {
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(code));
        String said = "Code: " + code + ". DB::Exception: " + text + "\n";
        write(exchange, status, said.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
