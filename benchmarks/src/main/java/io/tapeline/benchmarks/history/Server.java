package io.tapeline.benchmarks.history;

import io.tapeline.clickhouse.EngineProcess;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The engine that is measured: the server at {@code TAPELINE_CLICKHOUSE_URL}, else the engine's
 * library in a process of its own. Statements that are the engine's alone go to it by plain HTTP.
 */
final class Server implements AutoCloseable {

    private final Optional<EngineProcess> own;
    private final ClickHouseSettings settings;
    private final HttpClient http = HttpClient.newHttpClient();

    private Server(Optional<EngineProcess> own, ClickHouseSettings settings) {
        this.own = own;
        this.settings = settings;
    }

    static Server start(Path directory) throws IOException {
        String given = System.getenv("TAPELINE_CLICKHOUSE_URL");
        Optional<EngineProcess> own =
                given == null || given.isBlank()
                        ? Optional.of(EngineProcess.start(directory))
                        : Optional.empty();
        return new Server(
                own,
                new ClickHouseSettings(
                        own.map(EngineProcess::url).orElseGet(() -> URI.create(given)),
                        System.getenv().getOrDefault("TAPELINE_CLICKHOUSE_USER", "default"),
                        System.getenv().getOrDefault("TAPELINE_CLICKHOUSE_PASSWORD", ""),
                        "tapeline_bench",
                        Duration.ofMinutes(2),
                        Keep.FOR_EVER));
    }

    ClickHouseSettings settings() {
        return settings;
    }

    String kind() {
        return own.isPresent() ? "the engine's library behind HTTP" : "a server";
    }

    /** The answer as text. */
    String ask(String sql) throws IOException, InterruptedException {
        return send(sql, settings.database());
    }

    /** Likewise, where the database need not be there. */
    String askOutside(String sql) throws IOException, InterruptedException {
        return send(sql, "default");
    }

    private String send(String sql, String database) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                settings.url()
                                                        + "/?database="
                                                        + URLEncoder.encode(
                                                                database, StandardCharsets.UTF_8)))
                                .header("X-ClickHouse-User", settings.user())
                                .header("X-ClickHouse-Key", settings.password())
                                .POST(HttpRequest.BodyPublishers.ofString(sql))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the engine refuses: " + answer.body());
        }
        return answer.body().strip();
    }

    @Override
    public void close() {
        http.shutdownNow();
        own.ifPresent(EngineProcess::close);
    }
}
