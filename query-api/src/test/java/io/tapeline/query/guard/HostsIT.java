package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.routing.FakeAggregator;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests by all kinds of names, on bare sockets: a client would set the name itself. */
final class HostsIT {

    private static final String HANDSHAKE =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TempDir private static Path directory;

    private static FakeAggregator aggregator;
    private static Api usual;

    @BeforeAll
    static void start() throws Exception {
        aggregator = new FakeAggregator().ownsAll(6);
        usual = Api.over(directory.resolve("usual"), aggregator);
    }

    @AfterAll
    static void stop() {
        aggregator.close();
        usual.close();
    }

    /** The head of the answer, and of a refusal the body too. */
    private static String ask(Api api, String request, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (request + " HTTP/1.1\r\n" + headers + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    return answer.toString();
                }
                answer.append((char) read);
            }
            if (status(answer) >= 400) {
                socket.shutdownOutput();
                answer.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private static int status(CharSequence answer) {
        return Integer.parseInt(answer.subSequence(9, 12).toString());
    }

    private static String host(String name) {
        return "Host: " + name + "\r\nConnection: close\r\n";
    }

    private static JsonNode body(String answer) {
        return JsonMapper.shared()
                .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    }

    @Test
    void aPageWhoseNameWasMadeToMeanThisMachineReadsNothingHere() throws IOException {
        String stranger = host("evil.example:" + usual.port());
        for (String request :
                new String[] {
                    "GET /",
                    "GET /ping",
                    "GET /v1/prices",
                    "GET /v1/stream",
                    "POST /v1/collections",
                    "DELETE /v1/collections/1",
                    "OPTIONS /v1/prices",
                    "GET /openapi.json",
                    "GET /nosuch",
                    "GET http://evil.example:" + usual.port() + "/v1/prices"
                }) {
            String answer = ask(usual, request, stranger);
            assertThat(status(answer)).as(request).isEqualTo(421);
            JsonNode problem = body(answer);
            assertThat(problem.get("type").asString()).isEqualTo("urn:tapeline:unknown-host");
            assertThat(problem.get("detail").asString())
                    .isEqualTo(
                            "This server does not answer to that name of a host. It does to"
                                    + " localhost, 127.0.0.1, [::1]; tapeline.guard.allowed-hosts"
                                    + " adds others.");
            assertThat(answer).contains("Cache-Control: no-store");
        }
        assertThat(status(ask(usual, "GET http://evil.example/ping", host("localhost"))))
                .isEqualTo(400);
        String mirror = ask(usual, "GET /api/v3/ping", stranger);
        assertThat(status(mirror)).isEqualTo(421);
        assertThat(body(mirror).get("code").asInt()).isEqualTo(-1002);
        assertThat(usual.manage("/actuator/metrics/tapeline.http.refused?tag=why:host").body())
                .doesNotContain("\"value\":0.0");
    }

    @Test
    void itOpensNoWebSocketEither() throws IOException {
        for (String path : new String[] {"/v1/ws", "/ws/btcusdt@ticker", "/stream"}) {
            assertThat(status(ask(usual, "GET " + path, "Host: evil.example\r\n" + HANDSHAKE)))
                    .as(path)
                    .isEqualTo(421);
            assertThat(status(ask(usual, "GET " + path, "Host: localhost:9\r\n" + HANDSHAKE)))
                    .as(path)
                    .isEqualTo(101);
        }
    }

    @Test
    void thisMachinesOwnNamesAreAnswered() throws IOException {
        for (String name :
                new String[] {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080"}) {
            assertThat(status(ask(usual, "GET /ping", host(name)))).as(name).isEqualTo(200);
        }
    }

    @Test
    void whereNamesAreToldThoseAreAnswered() throws IOException {
        try (Api named =
                Api.over(
                        directory.resolve("named"),
                        aggregator,
                        "--tapeline.http-host=0.0.0.0",
                        "--tapeline.guard.allowed-hosts=tapeline.example,quotes.example")) {
            assertThat(status(ask(named, "GET /ping", host("quotes.example:443")))).isEqualTo(200);
            assertThat(status(ask(named, "GET /ping", host("localhost")))).isEqualTo(200);
            assertThat(body(ask(named, "GET /ping", host("evil.example"))).get("detail").asString())
                    .contains("[::1], tapeline.example, quotes.example;");
        }
    }

    @Test
    void whereOthersCanAskAndNoNameIsToldAnyIsAnswered() throws IOException {
        try (Api open =
                Api.over(directory.resolve("open"), aggregator, "--tapeline.http-host=0.0.0.0")) {
            assertThat(status(ask(open, "GET /ping", host("tapeline.example")))).isEqualTo(200);
        }
    }

    @Test
    void healthAndMetricsAreAtTheirOwnPortAndNotAtThatOfTheApi() {
        assertThat(usual.manage("/actuator/health/liveness").body())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(usual.manage("/actuator/prometheus").body())
                .contains("tapeline_http_answers_total");
        assertThat(usual.manage("/v1/prices").statusCode()).isEqualTo(404);
        for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/prometheus"}) {
            assertThat(usual.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
