package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.fault.Lasting;
import io.tapeline.exchange.fault.RestFault;
import io.tapeline.exchange.judge.Breach;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faults of the REST side (A.7; A.8 points 9 to 11), the judge, and {@code /sim/faults}. */
class RestFaultsIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SimulatedExchange exchange;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        exchange = exchange(SimulatorSettings.of(source()));
        http = HttpClient.newHttpClient();
    }

    private static Source source() {
        return Source.Synthetic.demo()
                .withPairs(2)
                .withEventsPerSecond(1_000)
                .withBookLevels(100)
                .withHistory(Duration.ofHours(1));
    }

    private static SimulatedExchange exchange(SimulatorSettings settings) throws IOException {
        return SimulatedExchange.start(settings);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        exchange.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(exchange.restUrl() + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", "/api/v3/" + path, "");
    }

    private void script(String text) {
        exchange.faults().run(FaultScript.parse(text));
    }

    @Test
    void weightLimitTellsToWaitAndAskingOnIsABreach() throws Exception {
        script("weight-limit for=6s");
        HttpResponse<String> refused = get("ping");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("6");
        assertThat(refused.body()).startsWith("{\"code\":-1003,");
        assertThat(exchange.judge().breaches()).isEmpty();
        Await.until(
                "the judge sees one who does not wait",
                () -> {
                    try {
                        get("ping");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    return !exchange.judge().breaches().isEmpty();
                });
        assertThat(exchange.judge().breaches().getFirst().rule())
                .isEqualTo(Breach.Rule.ASKED_BEFORE_RETRY_AFTER);
        Await.until("it is over", () -> exchange.faults().active() == 0);
        assertThat(get("ping").statusCode()).isEqualTo(200);
    }

    @Test
    void weightBurntByOthersIsNotTheClientsBreach() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T12:00:20Z"));
        exchange.close();
        exchange = exchange(SimulatorSettings.of(source()).withClock(now::get));
        get("ping");
        exchange.faults().inject(new RestFault.WeightBurn(5_990));
        HttpResponse<String> last = get("ticker/price?symbol=BTCUSDT");
        assertThat(last.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("5993");
        HttpResponse<String> refused = get("depth?symbol=BTCUSDT&limit=500");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("40");
        assertThat(exchange.judge().breaches()).isEmpty();
        assertThat(exchange.judge().verdict().mostWeightInAMinute()).isEqualTo(28);
        now.set(Instant.parse("2026-03-04T12:01:00Z"));
        assertThat(get("ping").headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("1");
        assertThat(exchange.judge().breaches()).isEmpty();
    }

    @Test
    void banIsAnswered418() throws Exception {
        script("ban for=90s");
        HttpResponse<String> banned = get("ping");
        assertThat(banned.statusCode()).isEqualTo(418);
        assertThat(banned.headers().firstValue("Retry-After")).hasValue("90");
        assertThat(banned.body())
                .matches(
                        "\\{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned"
                                + " until \\d{13}\\. .*");
        exchange.faults().clear();
        assertThat(get("ping").statusCode()).isEqualTo(200);
    }

    @Test
    void html403AndServerErrorsStrikeThePathsThatTheyName() throws Exception {
        script("html-403 path=depth\nserver-error status=502 path=ticker/* count=2");
        HttpResponse<String> html = get("depth?symbol=BTCUSDT");
        assertThat(html.statusCode()).isEqualTo(403);
        assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(html.body()).startsWith("<html>");
        assertThat(get("depth?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        assertThat(
                        List.of(
                                get("ticker/price").statusCode(),
                                get("ticker/24hr").statusCode(),
                                get("ticker/price").statusCode()))
                .containsExactly(502, 502, 200);
    }

    @Test
    void timeoutAnswersLateWrongOrNever() throws Exception {
        script("timeout after=300ms then=answer path=time\ntimeout after=300ms path=ping");
        long begun = System.nanoTime();
        assertThat(get("time").body()).startsWith("{\"serverTime\":");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(290));
        HttpResponse<String> late = get("ping");
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).startsWith("{\"code\":-1007,");
        script("timeout then=never path=ping");
        assertThatThrownBy(() ->
                        http.send(
                                HttpRequest.newBuilder(
                                                URI.create(exchange.restUrl() + "/api/v3/ping"))
                                        .timeout(Duration.ofMillis(500))
                                        .build(),
                                BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    /**
     * One whose answer is waited for, one who has given up, one socket that is frozen, and one
     * whose client answers nothing.
     */
    @Test
    void itStopsAtOnceWhileAnswersAreStillToCome() throws Exception {
        script(
                "timeout after=10m then=answer path=time\ntimeout then=never path=ping"
                        + "\nhalf-open connection=newest");
        try (RawSocket frozen = RawSocket.connect(exchange, "/ws/btcusdt@bookTicker");
                RawSocket mute = RawSocket.connect(exchange, "/ws/btcusdt@bookTicker");
                Socket waiting = asking("time");
                Socket gaveUp = asking("ping")) {
            gaveUp.shutdownOutput();
            Await.until(
                    "all are struck",
                    () ->
                            exchange.faults().history().stream()
                                    .allMatch(fault -> fault.strikes() == 1));
            long begun = System.nanoTime();
            exchange.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(frozen.opened() && mute.opened()).isTrue();
            waiting.setSoTimeout(10_000);
            assertThat(waiting.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private Socket asking(String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", exchange.port());
        socket.getOutputStream()
                .write(
                        ("GET /api/v3/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void staleSnapshotIsOlderThanTheFirstEvent() throws Exception {
        script("stale-snapshot symbol=BTCUSDT count=2");
        try (StreamClient client = StreamClient.connect(exchange, "/ws/btcusdt@depth@100ms")) {
            client.next(2, text -> true);
            long first = JSON.readTree(client.next()).path("U").longValue();
            assertThat(snapshot("BTCUSDT")).isLessThan(first - 1);
            assertThat(snapshot("BTCUSDT")).isLessThan(first - 1);
            assertThat(snapshot("BTCUSDT")).isGreaterThanOrEqualTo(first - 1);
        }
        Await.until("it is over", () -> exchange.faults().active() == 0);
    }

    private long snapshot(String symbol) throws Exception {
        return JSON.readTree(get("depth?symbol=" + symbol + "&limit=5").body())
                .path("lastUpdateId")
                .longValue();
    }

    @Test
    void faultsComeAndGoOverHttp() throws Exception {
        HttpResponse<String> accepted =
                send(
                        "POST",
                        "/sim/faults",
                        "server-error status=500 path=ping for=1m\n1h drop-all\n");
        assertThat(accepted.body())
                .isEqualTo(
                        "{\"accepted\":[\"0ms server-error status=500 path=ping"
                                + " for=60s\",\"3600000ms drop-all how=reset\"]}");
        assertThat(get("ping").statusCode()).isEqualTo(500);
        JsonNode one = JSON.readTree(send("GET", "/sim/faults", "").body()).path(0);
        assertThat(one.path("name").stringValue()).isEqualTo("server-error");
        assertThat(one.path("struck").toString()).isEqualTo("{\"ping\":1}");
        assertThat(one.path("ended").isNull()).isTrue();
        JsonNode ended = JSON.readTree(send("DELETE", "/sim/faults", "").body()).path(0);
        assertThat(ended.path("ended").isNull()).isFalse();
        assertThat(get("ping").statusCode()).isEqualTo(200);
        HttpResponse<String> wrong = send("POST", "/sim/faults", "drop-all\n5s what\n");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(wrong.body()).path("error").stringValue())
                .startsWith("line 2: unknown fault what; known: ");
        assertThat(exchange.faults().history()).hasSize(1);
        assertThat(send("POST", "/sim/faults", "# nothing").body())
                .startsWith("{\"error\":\"no fault is in the body");
        assertThat(send("POST", "/sim/faults", "halt symbol=NOSUCH").body())
                .isEqualTo("{\"error\":\"no listed pair is named NOSUCH\"}");
    }

    @Test
    void theJudgeTellsOverHttp() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange, "/ws")) {
            for (int i = 0; i < 6; i++) {
                client.ping("p" + i);
            }
            client.closeCode();
        }
        JsonNode verdict = JSON.readTree(send("GET", "/sim/judge", "").body());
        assertThat(verdict.path("total").intValue()).isEqualTo(1);
        assertThat(verdict.path("breaches").path(0).path("rule").stringValue())
                .isEqualTo("CONTROL_MESSAGES");
        assertThat(verdict.path("breaches").path(0).path("address").stringValue())
                .isEqualTo("127.0.0.1");
        assertThat(verdict.path("mostMessagesInASecond").intValue()).isEqualTo(6);
        assertThat(verdict.path("mostConnectsInAWindow").intValue()).isEqualTo(1);
    }

    @Test
    void aScriptRunsFromTheStart() throws Exception {
        exchange.close();
        exchange =
                exchange(
                        SimulatorSettings.of(source())
                                .withFaults(
                                        new FaultScript(
                                                List.of(
                                                        new FaultScript.Line(
                                                                Duration.ofMillis(200),
                                                                new RestFault.ServerError(
                                                                        503,
                                                                        io.tapeline.exchange.fault
                                                                                .NamePattern.any(),
                                                                        Lasting.ever()))))));
        Await.until("its time has come", () -> exchange.faults().active() == 1);
        assertThat(get("ping").statusCode()).isEqualTo(503);
    }
}
