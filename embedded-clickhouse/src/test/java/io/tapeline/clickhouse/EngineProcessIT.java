package io.tapeline.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests of others rely on. */
final class EngineProcessIT {

    @TempDir private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> ask(EngineProcess engine, String query, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(engine.url() + "/?" + query))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        try (EngineProcess engine = EngineProcess.start(directory)) {
            assertThat(ask(engine, "", "CREATE DATABASE kept").statusCode()).isEqualTo(200);
            ask(
                    engine,
                    "database=kept",
                    "CREATE TABLE t (a Int64, b String) ENGINE = MergeTree ORDER BY a");
            assertThat(
                            ask(
                                            engine,
                                            "database=kept&query=INSERT+INTO+t+FORMAT+TSV",
                                            "1\tone\n2\t\u5e01\n")
                                    .statusCode())
                    .isEqualTo(200);
            engine.kill();
            engine.startAgain();

            assertThat(
                            ask(
                                            engine,
                                            "database=kept&param_least=2",
                                            "SELECT a, b FROM t WHERE a >= {least:Int64}")
                                    .body())
                    .isEqualTo("2\t\u5e01\n");
        }
    }

    @Test
    void aSettingHoldsForItsRequestAlone() throws Exception {
        try (EngineProcess engine = EngineProcess.start(directory)) {
            assertThat(ask(engine, "max_threads=1", "SELECT getSetting('max_threads')").body())
                    .isEqualTo("1\n");
            assertThat(ask(engine, "", "SELECT getSetting('max_threads')").body())
                    .isNotEqualTo("1\n");
        }
    }

    @Test
    void aRefusalHasTheEnginesNumberAndText() throws Exception {
        try (EngineProcess engine = EngineProcess.start(directory)) {
            HttpResponse<String> refused = ask(engine, "", "SELECT * FROM nowhere.nothing");
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("81");
            assertThat(refused.body()).contains("nowhere");
        }
    }
}
