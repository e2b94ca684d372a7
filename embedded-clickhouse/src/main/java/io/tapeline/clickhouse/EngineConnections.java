package io.tapeline.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.clickhouse.EngineLibrary.Connection;
import java.util.Deque;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections by what they were told: database and settings stay with one, so it is used again for
 * the same alone. Those of settings that do not come again are closed.
 */
final class EngineConnections {

    /** A setting that names its request. */
    private static final String NAMES_ONE = "insert_deduplication_token";

    private record Told(String database, Map<String, String> settings) {}

    private final EngineLibrary engine;
    private final Map<Told, Deque<Connection>> idle = new ConcurrentHashMap<>();

    EngineConnections(EngineLibrary engine) {
        this.engine = engine;
    }

    /** For one thread, until {@link #giveBack}. */
    Connection take(EngineRequest request) throws EngineException {
        Deque<Connection> told = idle.get(new Told(request.database(), request.settings()));
        Connection known = told == null ? null : told.poll();
        if (known != null) {
            return known;
        }
        Connection connection = engine.connect();
        try {
            tell(connection, request);
            return connection;
        } catch (EngineException e) {
            engine.close(connection);
            throw e;
        }
    }

    /**
     * @param sound whether its statement went through
     */
    void giveBack(EngineRequest request, Connection connection, boolean sound) {
        if (!sound || request.settings().containsKey(NAMES_ONE)) {
            engine.close(connection);
        } else {
            idle.computeIfAbsent(
                            new Told(request.database(), request.settings()),
                            key -> new ConcurrentLinkedDeque<>())
                    .push(connection);
        }
    }

    private void tell(Connection connection, EngineRequest request) throws EngineException {
        if (!request.database().isEmpty() && !request.database().equals("default")) {
            ask(connection, "USE `" + request.database().replace("`", "\\`") + "`");
        }
        if (!request.settings().isEmpty()) {
            StringJoiner set = new StringJoiner(", ", "SET ", "");
            request.settings()
                    .forEach((name, value) ->
                            set.add(
                                    name
                                            + " = '"
                                            + value.replace("\\", "\\\\").replace("'", "\\'")
                                            + "'"));
            ask(connection, set.toString());
        }
    }

    private void ask(Connection connection, String sql) throws EngineException {
        var _ = engine.query(connection, sql.getBytes(UTF_8), "TSV", Map.of());
    }

    /** Those that nobody has; running statements must have ended. */
    void close() {
        idle.values().forEach(each -> each.forEach(engine::close));
    }
}
