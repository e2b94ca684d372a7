package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what it is told to, in order. */
class RestClientIT {

    private record Answer(int status, String retryAfter, String body) {}

    private static final RestRequest REQUEST = new RestRequest.Depth("BTCUSDT", 100);

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final IngestorCounters counters = new IngestorCounters();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().toString());
                    Answer answer = answers.remove();
                    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("X-MBX-USED-WEIGHT-1M", "5");
                    if (!answer.retryAfter.isEmpty()) {
                        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter);
                    }
                    exchange.sendResponseHeaders(answer.status, body.length);
                    try (exchange) {
                        exchange.getResponseBody().write(body);
                    }
                });
        server.start();
        RestSettings settings =
                new RestSettings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        ExchangeTimeUnit.MILLISECONDS,
                        6000,
                        61_000,
                        0.8,
                        1,
                        2,
                        3,
                        Duration.ofSeconds(10));
        client =
                RestClient.start(
                        settings,
                        Clock.systemUTC(),
                        new Backoff(
                                Duration.ofMillis(10),
                                Duration.ofMillis(20),
                                new SplittableRandom(1)),
                        counters);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void outagesAndPagesOfHtmlAreTriedAgainUntilTheAnswerComes() throws Exception {
        answers.addAll(
                List.of(
                        new Answer(502, "", "bad gateway"),
                        new Answer(200, "", "<html>please wait</html>"),
                        new Answer(200, "", "{\"lastUpdateId\":1}")));
        assertThat(ask()).isEqualTo("{\"lastUpdateId\":1}");
        assertThat(asked).hasSize(3).containsOnly("/api/v3/depth?symbol=BTCUSDT&limit=100");
        assertThat(counters.get(Count.REST_RETRIED)).isEqualTo(2);
    }

    @Test
    void afterSoManyFailuresARequestIsGivenUp() throws Exception {
        for (int i = 0; i < 3; i++) {
            answers.add(new Answer(503, "", ""));
        }
        assertThat(client.ask(REQUEST, Priority.RESYNC).get(30, TimeUnit.SECONDS))
                .isEqualTo(new RestOutcome.Failed("status 503"));
        assertThat(counters.get(Count.REST_FAILED)).isEqualTo(1);
    }

    @Test
    void a429IsObeyedForAsLongAsItSays() throws Exception {
        answers.addAll(
                List.of(new Answer(429, "1", "{\"code\":-1003}"), new Answer(200, "", "{}")));
        long began = System.nanoTime();
        assertThat(ask()).isEqualTo("{}");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void whatTheExchangeRefusesIsNotAskedAgain() throws Exception {
        answers.add(new Answer(400, "", "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"));
        assertThat(client.ask(REQUEST, Priority.RESYNC).get(30, TimeUnit.SECONDS))
                .isEqualTo(new RestOutcome.Refused(400, -1121, "Invalid symbol."));
    }

    @Test
    void duringABanNothingIsAskedAndWhatWaitsFailsWithTheClientsEnd() throws Exception {
        answers.add(new Answer(418, "3600", "{\"code\":-1003,\"msg\":\"banned\"}"));
        var banned = client.ask(REQUEST, Priority.RESYNC);
        var waiting = client.ask(REQUEST, Priority.RESYNC);
        Await.until("the ban is seen", () -> counters.get(Count.REST_RETRIED) == 1);
        assertThat(client.ask(REQUEST, Priority.RESYNC).get(1, TimeUnit.SECONDS))
                .isEqualTo(new RestOutcome.Failed("too many requests are waiting"));
        client.close();
        assertThat(List.of(banned.get(5, TimeUnit.SECONDS), waiting.get(5, TimeUnit.SECONDS)))
                .containsOnly(new RestOutcome.Failed("the client is closed"));
        assertThat(asked).hasSize(1);
    }

    private String ask() throws Exception {
        return switch (client.ask(REQUEST, Priority.RESYNC).get(30, TimeUnit.SECONDS)) {
            case RestOutcome.Answered(byte[] body, _) -> new String(body, StandardCharsets.UTF_8);
            case RestOutcome.Refused refused -> throw new AssertionError(refused);
            case RestOutcome.Failed failed -> throw new AssertionError(failed);
        };
    }
}
