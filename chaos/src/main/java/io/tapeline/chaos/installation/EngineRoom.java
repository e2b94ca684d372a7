package io.tapeline.chaos.installation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * The room on an engine's disk. An engine reserves room before it writes, and refuses what finds
 * none: here by being told to leave more free than there is.
 */
final class EngineRoom implements AutoCloseable {

    private static final String SETTING = "min_free_disk_bytes_to_perform_insert";
    private static final long MORE_THAN_THERE_IS = 1L << 50;
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final URI engine;
    private final HttpClient http = HttpClient.newHttpClient();

    EngineRoom(URI engine) {
        this.engine = engine;
    }

    /** From now on no table takes a row. */
    void fill() throws IOException, InterruptedException {
        alter("MODIFY SETTING " + SETTING + " = " + MORE_THAN_THERE_IS);
    }

    void free() throws IOException, InterruptedException {
        alter("RESET SETTING " + SETTING);
    }

    private void alter(String how) throws IOException, InterruptedException {
        for (String table : tables()) {
            ask("ALTER TABLE tapeline." + table + " " + how);
        }
    }

    private List<String> tables() throws IOException, InterruptedException {
        return ask("SELECT name FROM system.tables WHERE database = 'tapeline'"
                        + " AND engine LIKE '%MergeTree' FORMAT TSV")
                .lines()
                .toList();
    }

    private String ask(String sql) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(engine)
                                .timeout(WITHIN)
                                .POST(HttpRequest.BodyPublishers.ofString(sql))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("engine: " + sql + ": " + answer.body().strip());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
