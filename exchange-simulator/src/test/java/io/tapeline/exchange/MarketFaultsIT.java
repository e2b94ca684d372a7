package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.fault.FaultScript;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What befalls pairs (A.8 points 9, 13 to 15, 17), over real sockets. */
class MarketFaultsIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SimulatedExchange exchange;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(4)
                                        .withTrading(3)
                                        .withEventsPerSecond(3_000)
                                        .withBookLevels(2_000)
                                        .withHistory(Duration.ofHours(1))));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        exchange.close();
    }

    private void script(String text) {
        exchange.faults().run(FaultScript.parse(text));
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(
                http.send(
                                HttpRequest.newBuilder(
                                                URI.create(exchange.restUrl() + "/api/v3/" + path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private String status(String symbol) throws Exception {
        return get("exchangeInfo?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8))
                .path("symbols")
                .path(0)
                .path("status")
                .stringValue();
    }

    private static void drain(StreamClient client) throws InterruptedException {
        client.within(Duration.ofMillis(300));
    }

    @Test
    void aPairBeyondAsciiIsListedMidRun() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange, "/ws")) {
            client.send(
                    "{\"method\":\"SUBSCRIBE\",\"params\":[\"龙虾usdt@trade\",\"龙虾usdt@depth@100ms\"],\"id\":1}");
            assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":1}");
            script("list base=龙虾 quote=USDT");
            assertThat(client.next(t -> t.contains("\"e\":\"trade\"")))
                    .contains("\"s\":\"龙虾USDT\"");
            client.next(t -> t.contains("depthUpdate"));
        }
        assertThat(exchange.symbols()).endsWith("龙虾USDT");
        assertThat(status("龙虾USDT")).isEqualTo("TRADING");
        assertThat(
                        get("depth?symbol=" + URLEncoder.encode("龙虾USDT", StandardCharsets.UTF_8))
                                .path("bids")
                                .size())
                .isPositive();
    }

    @Test
    void aHaltedPairIsSilentUntilItResumes() throws Exception {
        try (StreamClient client =
                StreamClient.connect(
                        exchange,
                        "/stream?streams=btcusdt@depth@100ms/btcusdt@ticker/btcusdt@kline_1s")) {
            client.next();
            script("halt symbol=BTCUSDT");
            drain(client);
            assertThat(client.within(Duration.ofMillis(1_200))).isEmpty();
            assertThat(status("BTCUSDT")).isEqualTo("HALT");
            assertThat(get("exchangeInfo?symbolStatus=HALT").path("symbols").size()).isEqualTo(1);
            assertThat(get("depth?symbol=BTCUSDT&symbolStatus=TRADING").path("code").intValue())
                    .isEqualTo(-1220);
            script("resume symbol=BTCUSDT");
            client.next(t -> t.contains("@depth"));
            assertThat(status("BTCUSDT")).isEqualTo("TRADING");
        }
    }

    @Test
    void cancelOnlyLeavesCancellations() throws Exception {
        try (StreamClient client =
                StreamClient.connect(
                        exchange, "/stream?streams=ethusdt@trade/ethusdt@depth@100ms")) {
            client.next(t -> t.contains("@trade"));
            script("cancel-only symbol=ETHUSDT");
            drain(client);
            List<String> after = client.within(Duration.ofMillis(500));
            assertThat(after).isNotEmpty().noneMatch(t -> t.contains("@trade"));
            assertThat(status("ETHUSDT")).isEqualTo("CANCEL_ONLY");
        }
    }

    @Test
    void breakAndThenDelistingIsSilenceAndNeverAnError() throws Exception {
        try (StreamClient client =
                StreamClient.connect(exchange, "/ws/solusdt@depth@100ms/solusdt@bookTicker")) {
            client.next();
            script("break symbol=SOLUSDT");
            drain(client);
            assertThat(status("SOLUSDT")).isEqualTo("BREAK");
            script("delist symbol=SOLUSDT");
            assertThat(client.within(Duration.ofMillis(400))).isEmpty();
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"solusdt@trade\"],\"id\":1}");
            assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":1}");
        }
        assertThat(exchange.symbols()).doesNotContain("SOLUSDT");
        assertThat(get("depth?symbol=SOLUSDT").path("code").intValue()).isEqualTo(-1121);
        assertThat(get("ticker/price?symbol=SOLUSDT").path("price").isString()).isTrue();
    }

    @Test
    void aQuietPairsBookStandsStill() throws Exception {
        try (StreamClient client =
                StreamClient.connect(
                        exchange,
                        "/stream?streams=btcusdt@depth@100ms/btcusdt@trade/btcusdt@ticker/ethusdt@bookTicker")) {
            client.next();
            script("quiet symbol=BTCUSDT for=2s");
            drain(client);
            String book = exchange.book("BTCUSDT");
            assertThat(client.within(Duration.ofMillis(1_100)))
                    .isNotEmpty()
                    .allMatch(t -> t.contains("ethusdt@"));
            assertThat(exchange.book("BTCUSDT")).isEqualTo(book);
            assertThat(status("BTCUSDT")).isEqualTo("TRADING");
            client.next(t -> t.contains("btcusdt@depth"));
        }
    }

    @Test
    void hugeFramesAreFarAbove64KiB() throws Exception {
        script("huge-frame stream=btcusdt@depth@100ms count=1");
        try (StreamClient client = StreamClient.connect(exchange, "/ws/btcusdt@depth@100ms")) {
            String huge = client.next(t -> t.length() > 65_536);
            FollowedBook book = new FollowedBook(get("depth?symbol=BTCUSDT&limit=5000").toString());
            book.apply(huge);
            client.next(5, t -> true).forEach(book::apply);
            assertThat(book.gaps()).isZero();
            assertThat(book.crossed()).isFalse();
        }
    }

    @Test
    void aHugeArrayHoldsEveryPair() throws Exception {
        script("huge-frame");
        try (StreamClient client = StreamClient.connect(exchange, "/ws/!miniTicker@arr")) {
            assertThat(JSON.readTree(client.next()).size()).isEqualTo(4);
        }
    }

    @Test
    void aRetiredStreamIsSilent() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange, "/ws/!ticker@arr")) {
            assertThat(client.within(Duration.ofMillis(1_200))).isEmpty();
            assertThat(exchange.connections().getFirst().streams()).containsExactly("!ticker@arr");
        }
    }
}
