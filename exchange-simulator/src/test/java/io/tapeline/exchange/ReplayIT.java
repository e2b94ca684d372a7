package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.synthetic.SyntheticFlow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording played over real sockets. */
class ReplayIT {

    private static final Instant START = Instant.parse("2026-03-04T11:58:30.250Z");

    @TempDir private static Path folder;
    private static Path file;
    private static List<String> texts;

    @BeforeAll
    static void record() throws IOException {
        RecordingSink sink =
                new RecordingSink("btcusdt@depth@100ms", "btcusdt@trade", "btcusdt@bookTicker");
        SyntheticFlow flow = new SyntheticFlow(1, false, 3, 400, 200, Duration.ZERO, START, sink);
        flow.market().move(() -> flow.advanceTo(START.plusSeconds(60).toEpochMilli() * 1_000L));
        List<String> lines = new ArrayList<>();
        sink.sent()
                .forEach(sent ->
                        lines.add(
                                (START.toEpochMilli() * 1_000_000L + lines.size() * 1_000_000L)
                                        + " {\"stream\":\""
                                        + sent.stream()
                                        + "\",\"data\":"
                                        + sent.text()
                                        + "}"));
        file = Files.write(folder.resolve("recording"), lines);
        texts = sink.sent().stream().map(RecordingSink.Sent::text).toList();
    }

    private static SimulatedExchange start(Source.Replay replay, int queue) throws IOException {
        return SimulatedExchange.start(SimulatorSettings.of(replay).withSocketQueueFrames(queue));
    }

    private static Source.Replay fast() {
        return Source.Replay.of(file).atFullSpeed().withSettle(Duration.ofMillis(200));
    }

    @Test
    void nothingHappensBeforeTheFirstSubscriptionAndNothingIsLostAfterIt() throws Exception {
        try (SimulatedExchange exchange = start(fast(), 32_768)) {
            try (StreamClient client =
                    StreamClient.connect(
                            exchange, "/ws/btcusdt@depth@100ms/btcusdt@trade/btcusdt@bookTicker")) {
                List<String> received = client.next(texts.size(), text -> true);
                assertThat(received).isEqualTo(texts);
            }
            Await.until(
                    "the replay is over",
                    () -> exchange.progress().state() == Progress.State.FINISHED);
            assertThat(exchange.progress())
                    .isEqualTo(new Progress(texts.size(), texts.size(), Progress.State.FINISHED));
            String last =
                    exchange.ledger().entries("btcusdt@depth@100ms").getLast().payload().length > 0
                            ? new String(
                                    exchange.ledger()
                                            .entries("btcusdt@depth@100ms")
                                            .getLast()
                                            .payload(),
                                    java.nio.charset.StandardCharsets.UTF_8)
                            : "";
            FollowedBook end = new FollowedBook(exchange.book("BTCUSDT"));
            assertThat(last).contains("\"u\":" + end.id() + ",");
            try (HttpClient http = HttpClient.newHttpClient()) {
                String depth =
                        http.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                exchange.restUrl()
                                                                        + "/api/v3/depth?symbol=BTCUSDT&limit=5000"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .body();
                assertThat(depth).isEqualTo(exchange.book("BTCUSDT"));
            }
        }
    }

    @Test
    void aReplayWaitsForAClientThatCannotTakeMore() throws Exception {
        Path big = folder.resolve("big");
        List<String> lines = new ArrayList<>();
        String filling = "x".repeat(1_000);
        for (int i = 0; i < 30_000; i++) {
            lines.add(
                    (1_000_000_000L + i)
                            + " {\"stream\":\"btcusdt@other\",\"data\":{\"e\":\"other\",\"s\":\"BTCUSDT\",\"n\":"
                            + i
                            + ",\"x\":\""
                            + filling
                            + "\"}}");
        }
        Files.write(big, lines);
        try (SimulatedExchange exchange =
                        start(
                                Source.Replay.of(big)
                                        .atFullSpeed()
                                        .withSettle(Duration.ofMillis(100)),
                                1_024);
                RawSocket client = RawSocket.connect(exchange, "/ws/btcusdt@other")) {
            Await.until("the replay has begun", () -> exchange.progress().events() > 500);
            long[] seen = {-1, 0};
            Await.until(
                    "the replay stands still",
                    () -> {
                        long now = exchange.progress().events();
                        seen[1] = now == seen[0] ? seen[1] + 1 : 0;
                        seen[0] = now;
                        return seen[1] > 60;
                    });
            assertThat(exchange.progress().state()).isEqualTo(Progress.State.RUNNING);
            assertThat(exchange.progress().events()).isLessThan(29_000);
            long bytes = client.drain(2_000);
            assertThat(exchange.progress().state()).isEqualTo(Progress.State.FINISHED);
            assertThat(bytes).isGreaterThan(30_000L * 1_000);
            assertThat(exchange.connections()).hasSize(1);
        }
    }

    @Test
    void aSpeedIsKept() throws Exception {
        long begun = System.nanoTime();
        // The lines lie a millisecond apart.
        double speed = texts.size() / 1_000.0 / 1.5;
        try (SimulatedExchange exchange = start(fast().withSpeed(speed).withoutWaiting(), 32_768)) {
            Await.until(
                    "the replay is over",
                    () -> exchange.progress().state() == Progress.State.FINISHED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(1_450));
    }
}
