package io.tapeline.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.IngestorStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InternalServerIT {

    private static final String SECRET = "0123456789abcdef";

    @Test
    void whoDoesNotTellTheSecretIsToldNothing() throws Exception {
        try (InternalServer server =
                        InternalServer.start(
                                "127.0.0.1",
                                0,
                                new SharedSecret(SECRET),
                                IngestorStatus::getDefaultInstance,
                                Optional.empty(),
                                Optional.empty());
                HttpClient client = HttpClient.newHttpClient()) {
            URI at = URI.create("http://127.0.0.1:" + server.port());
            for (String path : List.of("/internal/status", "/internal/jobs", "/no/such/path")) {
                for (String told : List.of("", "0123456789abcdeF", SECRET + "0")) {
                    HttpResponse<String> answer = ask(client, at.resolve(path), told);
                    assertThat(answer.statusCode()).as(path).isEqualTo(403);
                    assertThat(answer.body()).as(path).isEmpty();
                }
            }
            assertThat(ask(client, at.resolve("/internal/status"), SECRET).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPageInABrowserHasNothingDone() throws Exception {
        try (InternalServer server =
                        InternalServer.start(
                                "127.0.0.1",
                                0,
                                SharedSecret.NONE,
                                IngestorStatus::getDefaultInstance,
                                Optional.empty(),
                                Optional.empty());
                HttpClient client = HttpClient.newHttpClient()) {
            URI status = URI.create("http://127.0.0.1:" + server.port() + "/internal/status");
            assertThat(ask(client, status, "").statusCode()).isEqualTo(200);
            for (String header : List.of("Origin", "Sec-Fetch-Site")) {
                HttpRequest ofAPage =
                        HttpRequest.newBuilder(status).header(header, "cross-site").build();
                assertThat(client.send(ofAPage, BodyHandlers.ofString()).statusCode())
                        .as(header)
                        .isEqualTo(403);
            }
        }
    }

    private static HttpResponse<String> ask(HttpClient client, URI at, String told)
            throws Exception {
        HttpRequest.Builder question = HttpRequest.newBuilder(at);
        if (!told.isEmpty()) {
            question.header(SharedSecret.HEADER, told);
        }
        return client.send(question.build(), BodyHandlers.ofString());
    }
}
