package io.tapeline.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.clickhouse.EngineLibrary.Answer;
import io.tapeline.clickhouse.EngineLibrary.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ClickHouse's HTTP interface over the engine, as far as a client of ours asks: statements,
 * parameters, settings, inserts that stream, the engine's own errors. No compression, no sessions,
 * no users; loopback alone. A setting holds for its request alone.
 */
final class EngineServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);
    private static final int BACKLOG = 256;
    private static final Pattern FORMAT =
            Pattern.compile("\\bFORMAT\\s+(\\w+)\\s*;?\\s*\\z", Pattern.CASE_INSENSITIVE);

    private final EngineLibrary engine;
    private final EngineConnections connections;
    private final Connection first;
    private final HttpServer http;
    private final String version;

    EngineServer(Path library, Path data, int port) throws IOException {
        // Without it each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        engine = new EngineLibrary(library, data);
        connections = new EngineConnections(engine);
        // Held until the end: the engine stops with its last connection.
        first = engine.connect();
        try {
            version =
                    new String(
                                    engine.query(first, utf8("SELECT version()"), "TSV", Map.of())
                                            .bytes(),
                                    UTF_8)
                            .strip();
        } catch (EngineException e) {
            throw new IOException("engine: does not say its version", e);
        }
        http =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        http.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        http.createContext("/", this::handle);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    String version() {
        return version;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/ping")) {
            exchange.getRequestBody().readAllBytes();
            reply(exchange, 200, utf8("Ok.\n"));
            return;
        }
        EngineRequest request = EngineRequest.of(exchange);
        try {
            Connection connection = connections.take(request);
            boolean sound = false;
            Answer answer;
            try {
                answer = run(connection, request, exchange);
                sound = true;
            } finally {
                connections.giveBack(request, connection, sound);
            }
            exchange.getResponseHeaders().set("X-ClickHouse-Summary", summary(answer));
            reply(exchange, 200, answer.bytes());
        } catch (EngineException e) {
            drain(request);
            exchange.getResponseHeaders()
                    .set("X-ClickHouse-Exception-Code", Integer.toString(e.code()));
            reply(exchange, e.status(), utf8(e.getMessage() + " (version " + version + ")\n"));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("engine: a statement ended unexpectedly");
            throw e;
        }
    }

    private Answer run(Connection connection, EngineRequest request, HttpExchange exchange)
            throws EngineException, IOException {
        return switch (request.statement()) {
            case EngineRequest.Statement.Insert(String into, String format) ->
                    engine.insert(connection, into, format, Objects.requireNonNull(request.rows()));
            case EngineRequest.Statement.Ask(byte[] sql) -> {
                Matcher named = FORMAT.matcher(new String(sql, UTF_8));
                String format = named.find() ? named.group(1) : request.format();
                exchange.getResponseHeaders().set("X-ClickHouse-Format", format);
                yield engine.query(connection, sql, format, request.parameters());
            }
        };
    }

    /** What is left of the request, so that the client reads the answer before it closes. */
    private static void drain(EngineRequest request) throws IOException {
        InputStream rows = request.rows();
        if (rows != null) {
            rows.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String summary(Answer answer) {
        return "{\"read_rows\":\"%d\",\"read_bytes\":\"0\",\"written_rows\":\"%d\",\"written_bytes\":\"0\",\"total_rows_to_read\":\"0\",\"result_rows\":\"0\",\"result_bytes\":\"%d\",\"elapsed_ns\":\"%d\"}"
                .formatted(
                        answer.rowsRead(),
                        answer.rowsWritten(),
                        answer.bytes().length,
                        answer.nanos());
    }

    private void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("X-ClickHouse-Server-Display-Name", "engine");
        exchange.getResponseHeaders().set("X-ClickHouse-Timezone", "UTC");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }

    /** Ends running statements first: a connection that is busy cannot be closed. */
    @Override
    public void close() {
        http.stop(0);
        try {
            var _ =
                    engine.query(
                            first,
                            utf8("KILL QUERY WHERE query NOT LIKE 'KILL%' ASYNC"),
                            "TSV",
                            Map.of());
        } catch (EngineException e) {
            LOG.atWarn().setCause(e).log("engine: running statements could not be ended");
        }
        connections.close();
        engine.close(first);
    }
}
