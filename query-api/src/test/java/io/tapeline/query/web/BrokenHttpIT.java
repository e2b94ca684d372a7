package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.routing.FakeAggregator;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is hardly HTTP, on bare sockets: refused with a problem, and the server is as it was. */
final class BrokenHttpIT {

    private static final int REQUESTS = 500;

    @TempDir private Path directory;

    @Test
    void fiveHundredBrokenRequestsAreRefusedAndNeverFail() throws IOException {
        long seed = System.nanoTime();
        BrokenHttp broken = new BrokenHttp(seed);
        TreeMap<String, Integer> kinds = new TreeMap<>();
        try (FakeAggregator aggregator = new FakeAggregator().ownsAll(6);
                Api api = Api.over(directory, aggregator)) {
            for (int i = 0; i < REQUESTS; i++) {
                BrokenHttp.Request request = broken.next();
                kinds.merge(request.kind(), 1, Integer::sum);
                check("seed " + seed + ": " + request, request, exchange(api.port(), request));
            }
            assertThat(api.get("/ping").statusCode()).isEqualTo(200);
        }
        assertThat(kinds).as("seed %d", seed).hasSize(22);
    }

    private static void check(String what, BrokenHttp.Request request, String answer) {
        if (answer.isEmpty() && request.mayBeDropped()) {
            return;
        }
        assertThat(answer).as(what).matches("(?s)HTTP/1\\.1 4[0-9]{2}.*");
        assertThat(answer)
                .as(what)
                .doesNotContain("Exception")
                .doesNotContain("Apache Tomcat")
                .doesNotContain("\tat ");
        int body = answer.indexOf("\r\n\r\n") + 4;
        if (answer.contains("application/problem+json") && body < answer.length()) {
            String json =
                    answer.contains("ransfer-")
                            ? answer.substring(
                                    answer.indexOf('{', body), answer.lastIndexOf('}') + 1)
                            : answer.substring(body);
            assertThat(JsonMapper.shared().readTree(json).get("status").asInt())
                    .as(what)
                    .isEqualTo(Integer.parseInt(answer.substring(9, 12)));
        } else {
            // The mirror's refusals are the exchange's own.
            assertThat(answer).as(what).containsAnyOf("\"code\":-", "Content-Length: 0");
        }
    }

    private static String exchange(int port, BrokenHttp.Request request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.bytes());
                socket.shutdownOutput();
                return new String(
                        socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketException e) {
                // Reset: the server had answered, or dropped it, and closed before reading all.
                assertThat(request.kind())
                        .isIn(
                                "a header that is too long",
                                "a line that is too long",
                                "nothing of HTTP",
                                "a chunk that is none",
                                "an encoding that is none",
                                "too many headers",
                                "a length that is none");
                return request.mayBeDropped() ? "" : "HTTP/1.1 400 \r\nContent-Length: 0\r\n\r\n";
            }
        }
    }
}
