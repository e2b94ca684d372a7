package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of the exchange's sockets (EXCHANGES A.2, A.3), over real sockets. */
class StreamRulesIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<SimulatedExchange> started = new java.util.ArrayList<>();

    private SimulatedExchange exchange(Limits limits) throws IOException {
        Source source =
                Source.Synthetic.demo()
                        .withPairs(4)
                        .withEventsPerSecond(1_000)
                        .withBookLevels(100)
                        .withHistory(Duration.ofHours(30))
                        .withNonAsciiSymbol();
        SimulatedExchange exchange =
                SimulatedExchange.start(SimulatorSettings.of(source).withLimits(limits));
        started.add(exchange);
        return exchange;
    }

    private SimulatedExchange exchange() throws IOException {
        return exchange(Limits.real());
    }

    @AfterEach
    void stop() {
        started.forEach(SimulatedExchange::close);
    }

    private static boolean answer(String text) {
        return text.contains("\"result\"") || text.contains("\"code\"");
    }

    @Test
    void subscriptionsCanBeMadeListedAndEnded() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange(), "/ws")) {
            client.send(
                    "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"ethusdt@bookTicker\"],\"id\":1}");
            assertThat(client.next(StreamRulesIT::answer)).isEqualTo("{\"result\":null,\"id\":1}");
            client.next(text -> text.startsWith("{\"e\":\"trade\""));
            client.next(text -> text.startsWith("{\"u\":"));
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":3}");
            assertThat(client.next(StreamRulesIT::answer))
                    .isEqualTo("{\"result\":[\"btcusdt@trade\",\"ethusdt@bookTicker\"],\"id\":3}");
            client.send(
                    "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"ethusdt@bookTicker\"],\"id\":\"last\"}");
            assertThat(client.next(StreamRulesIT::answer))
                    .isEqualTo("{\"result\":null,\"id\":\"last\"}");
            client.within(Duration.ofMillis(200));
            assertThat(client.within(Duration.ofMillis(300))).isEmpty();
        }
    }

    @Test
    void theEnvelopeIsAProperty() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange(), "/ws/btcusdt@trade")) {
            assertThat(client.next()).startsWith("{\"e\":\"trade\"");
            client.send("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":2}");
            assertThat(client.next(StreamRulesIT::answer)).isEqualTo("{\"result\":false,\"id\":2}");
            client.send("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":5}");
            assertThat(client.next(StreamRulesIT::answer)).isEqualTo("{\"result\":null,\"id\":5}");
            client.next(text ->
                    text.startsWith("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\""));
        }
    }

    @Test
    void malformedNamesAreRefusedUnknownOnesAreSilent() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange(), "/ws")) {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt\"],\"id\":2}");
            assertThat(client.next())
                    .isEqualTo(
                            "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid"
                                    + " stream\"},\"id\":2}");
            client.send(
                    "{\"method\":\"SUBSCRIBE\",\"params\":[\"nosuch@trade\",\"!ticker@arr\",\"btcusdt@nosuch\",\"BTCUSDT@trade\"],\"id\":3}");
            assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":3}");
            assertThat(client.within(Duration.ofMillis(1_200))).isEmpty();
        }
    }

    @Test
    void timesCanBeInMicroseconds() throws Exception {
        try (StreamClient client =
                StreamClient.connect(
                        exchange(),
                        "/stream?streams=btcusdt@trade/btcusdt@kline_1s&timeUnit=MICROSECOND")) {
            JsonNode trade =
                    JSON.readTree(client.next(text -> text.contains("@trade"))).path("data");
            assertThat(trade.path("E").toString()).hasSize(16);
            assertThat(trade.path("T").toString()).hasSize(16);
            JsonNode kline =
                    JSON.readTree(client.next(text -> text.contains("@kline_1s")))
                            .path("data")
                            .path("k");
            assertThat(kline.path("T").longValue() - kline.path("t").longValue())
                    .isEqualTo(999_999);
        }
    }

    @Test
    void symbolsBeyondAsciiWorkPercentEncoded() throws Exception {
        try (StreamClient client =
                StreamClient.connect(
                        exchange(), "/ws/%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9Fusdt@bookTicker")) {
            assertThat(client.next()).contains("\"s\":\"币安人生USDT\"");
        }
    }

    @Test
    void moreThanFiveMessagesASecondEndTheConnection() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange(), "/ws")) {
            for (int i = 0; i < 6; i++) {
                client.ping("p" + i);
            }
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void moreThanTheAllowedStreamsAreRefused() throws Exception {
        SimulatedExchange exchange = exchange(Limits.real().withStreamsPerConnection(10));
        String eleven =
                IntStream.range(0, 11)
                        .mapToObj(i -> "\"s" + i + "@trade\"")
                        .collect(Collectors.joining(","));
        try (StreamClient client = StreamClient.connect(exchange, "/ws")) {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + eleven + "],\"id\":1}");
            assertThat(client.next())
                    .isEqualTo("{\"code\":2,\"msg\":\"Invalid request: too many parameters\"}");
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            assertThat(client.next()).isEqualTo("{\"result\":[],\"id\":2}");
        }
        assertThat(
                        refusal(
                                exchange,
                                "/stream?streams=" + eleven.replace("\"", "").replace(",", "/")))
                .isEqualTo(400);
    }

    @Test
    void tooManyConnectsAreRefused() throws Exception {
        SimulatedExchange exchange = exchange(Limits.real().withConnects(2, Duration.ofMinutes(5)));
        StreamClient.connect(exchange, "/ws").close();
        StreamClient.connect(exchange, "/ws").close();
        assertThat(refusal(exchange, "/ws")).isEqualTo(429);
    }

    private static int refusal(SimulatedExchange exchange, String path) {
        CompletionException[] failure = new CompletionException[1];
        assertThatThrownBy(() -> StreamClient.connect(exchange, path))
                .isInstanceOfSatisfying(CompletionException.class, e -> failure[0] = e);
        Throwable cause = failure[0].getCause();
        assertThat(cause).isInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) cause).getResponse().statusCode();
    }

    @Test
    void aClientThatAnswersPingsStaysAndALongLifeEnds() throws Exception {
        SimulatedExchange exchange =
                exchange(
                        Limits.real()
                                .withPings(Duration.ofMillis(300), Duration.ofMillis(700))
                                .withLifetime(Duration.ofSeconds(3)));
        long begun = System.nanoTime();
        try (StreamClient client = StreamClient.connect(exchange, "/ws")) {
            assertThat(client.closeCode()).isEqualTo(1001);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofMillis(2_900));
        }
    }

    @Test
    void aClientThatDoesNotEchoPingsIsDropped() throws Exception {
        SimulatedExchange exchange =
                exchange(Limits.real().withPings(Duration.ofMillis(200), Duration.ofMillis(600)));
        try (RawSocket client = RawSocket.connect(exchange, "/ws")) {
            assertThat(client.pingsUntilClosed()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aClientTooSlowForAMadeUpMarketIsDisconnected() throws Exception {
        SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(1)
                                                .withEventsPerSecond(20_000)
                                                .withHistory(Duration.ZERO))
                                .withSocketQueueFrames(64));
        started.add(exchange);
        try (RawSocket client =
                RawSocket.connect(
                        exchange, "/ws/btcusdt@bookTicker/btcusdt@depth@100ms/btcusdt@trade")) {
            Await.until(
                    "the slow client is gone",
                    () -> client.opened() && exchange.connections().isEmpty());
        }
    }

    @Test
    void theLedgerAndTheBookCanBeReadOverHttp() throws Exception {
        SimulatedExchange exchange = exchange();
        try (StreamClient client = StreamClient.connect(exchange, "/ws/btcusdt@trade");
                HttpClient http = HttpClient.newHttpClient()) {
            List<String> received = client.next(5, text -> true);
            List<String> lines =
                    get(http, exchange, "/sim/ledger?stream=btcusdt@trade&limit=5")
                            .lines()
                            .toList();
            assertThat(lines.stream().map(line -> line.split(" ", 3)[2]))
                    .containsExactlyElementsOf(received);
            assertThat(lines.stream().map(line -> line.split(" ", 3)[0]))
                    .containsExactly("0", "1", "2", "3", "4");
            assertThat(
                            JSON.readTree(get(http, exchange, "/sim/connections"))
                                    .path(0)
                                    .path("streams")
                                    .toString())
                    .isEqualTo("[\"btcusdt@trade\"]");
            JsonNode book = JSON.readTree(get(http, exchange, "/sim/book?symbol=BTCUSDT"));
            assertThat(book.path("bids").size()).isGreaterThan(50);
            assertThat(
                            JSON.readTree(get(http, exchange, "/sim/status"))
                                    .path("state")
                                    .stringValue())
                    .isEqualTo("RUNNING");
        }
    }

    @Test
    void whatIsAskedOfTheSimulatorWronglyIsToldInWords() throws Exception {
        SimulatedExchange exchange = exchange();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(get(http, exchange, "/sim/ledger?connection=x"))
                    .isEqualTo("{\"error\":\"connection must be a whole number, was x\"}");
            assertThat(get(http, exchange, "/sim/ledger?stream=a@trade&from=-1"))
                    .isEqualTo("{\"error\":\"from must be a whole number, was -1\"}");
            assertThat(get(http, exchange, "/sim/book"))
                    .isEqualTo("{\"error\":\"symbol must be given\"}");
            assertThat(get(http, exchange, "/sim/book?symbol=NOSUCH"))
                    .isEqualTo("{\"error\":\"no listed pair is named NOSUCH\"}");
            assertThat(get(http, exchange, "/sim/nosuch"))
                    .startsWith("{\"error\":\"there are /sim/status, ledger, ");
        }
    }

    private static String get(HttpClient http, SimulatedExchange exchange, String path)
            throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(exchange.restUrl() + path)).build(),
                        BodyHandlers.ofString())
                .body();
    }
}
