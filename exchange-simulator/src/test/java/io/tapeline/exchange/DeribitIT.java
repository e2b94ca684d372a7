package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.exchange.deribit.DeribitLimits;
import io.tapeline.exchange.deribit.DeribitLimits.CreditPool;
import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.venue.VenueBreach;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deribit's rules (EXCHANGES B), over real sockets. */
class DeribitIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DeribitLimits FAST =
            DeribitLimits.real()
                    .withPublishEvery(Duration.ofMillis(20))
                    .withHeartbeatSecond(Duration.ofMillis(10));

    private final List<SimulatedExchange> started = new ArrayList<>();

    private SimulatedExchange exchange(DeribitLimits limits) throws Exception {
        SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(1)
                                                .withEventsPerSecond(1)
                                                .withBookLevels(20)
                                                .withHistory(Duration.ofHours(1)))
                                .withVenues(VenueSettings.real().withDeribit(limits)));
        started.add(exchange);
        return exchange;
    }

    @AfterEach
    void stop() {
        started.forEach(SimulatedExchange::close);
    }

    private static StreamClient connect(SimulatedExchange exchange) {
        return StreamClient.connect(exchange, "/ws/api/v2");
    }

    private static void call(StreamClient client, int id, String method, String params) {
        client.send(
                "{\"jsonrpc\":\"2.0\",\"id\":"
                        + id
                        + ",\"method\":\""
                        + method
                        + "\",\"params\":"
                        + params
                        + "}");
    }

    private static JsonNode answer(StreamClient client, int id) throws InterruptedException {
        return JSON.readTree(client.next(text -> text.contains("\"id\":" + id + ",")));
    }

    private static HttpResponse<String> get(SimulatedExchange exchange, String pathAndQuery)
            throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(exchange.deribitRestUrl() + pathAndQuery))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void subscribersGetTheIndicesThatExistAndTheLedgerSaysWhatTheyGot() throws Exception {
        SimulatedExchange exchange = exchange(FAST);
        try (StreamClient client = connect(exchange)) {
            call(
                    client,
                    7,
                    "public/subscribe",
                    "{\"channels\":[\"deribit_price_index.btc_usd\",\"deribit_price_index.none\",\"book.BTC-PERPETUAL.raw\"]}");
            JsonNode answer = answer(client, 7);
            assertThat(answer.path("result").toString())
                    .isEqualTo("[\"deribit_price_index.btc_usd\"]");
            assertThat(answer.path("usDiff").longValue())
                    .isEqualTo(answer.path("usOut").longValue() - answer.path("usIn").longValue());
            assertThat(answer.path("testnet").isBoolean()).isTrue();

            List<String> received = client.next(5, text -> text.contains("\"subscription\""));
            // The first may have come before the answer, and was dropped with what came before it.
            // An entry counts as sent when its write has ended, which may be after it was received.
            Await.until(
                    "the ledger says that all of it was sent",
                    () -> notifications(exchange).contains(received.getLast()));
            List<String> sent =
                    notifications(exchange).stream()
                            .dropWhile(frame -> !frame.equals(received.getFirst()))
                            .limit(received.size())
                            .toList();
            assertThat(received).isEqualTo(sent);
            assertThat(sent.getFirst())
                    .containsPattern(
                            "\"data\":\\{\"timestamp\":\\d{13},\"price\":\\d{5}\\.\\d{1,2},\"index_name\":\"btc_usd\"}");

            call(
                    client,
                    8,
                    "public/unsubscribe",
                    "{\"channels\":[\"deribit_price_index.btc_usd\"]}");
            answer(client, 8);
            assertThat(client.within(Duration.ofMillis(150))).isEmpty();
        }
    }

    @Test
    void pricesAreAnsweredOverSocketAndHttpAlike() throws Exception {
        SimulatedExchange exchange = exchange(DeribitLimits.real());
        try (StreamClient client = connect(exchange)) {
            call(client, 1, "public/get_index_price", "{\"index_name\":\"eth_usd\"}");
            JsonNode socket = answer(client, 1).path("result");
            HttpResponse<String> http = get(exchange, "/public/get_index_price?index_name=eth_usd");
            assertThat(http.statusCode()).isEqualTo(200);
            assertThat(http.body())
                    .matches(
                            "\\{\"jsonrpc\":\"2.0\",\"result\":\\{\"index_price\":\\d{4}\\.\\d{1,4},\"estimated_delivery_price\":\\d{4}\\.\\d{1,4}},\"usIn\":\\d{16},\"usOut\":\\d{16},\"usDiff\":\\d+,\"testnet\":false}");
            assertThat(socket.has("index_price")).isTrue();
            assertThat(
                            JSON.readTree(get(exchange, "/public/get_index_price_names").body())
                                    .path("result")
                                    .toString())
                    .startsWith("[\"btc_usd\",\"eth_usd\",");
            assertThat(
                            JSON.readTree(get(exchange, "/public/get_time").body())
                                    .path("result")
                                    .isIntegralNumber())
                    .isTrue();
        }
    }

    @Test
    void wrongCallsAreAnsweredByTheirCodes() throws Exception {
        SimulatedExchange exchange = exchange(DeribitLimits.real());
        try (StreamClient client = connect(exchange)) {
            call(client, 1, "public/nonsense", "{}");
            assertThat(code(answer(client, 1))).isEqualTo(-32_601);
            call(client, 2, "public/get_index_price", "{}");
            assertThat(answer(client, 2).path("error").toString())
                    .isEqualTo(
                            "{\"message\":\"Invalid params\",\"data\":{\"reason\":\"missing or not"
                                    + " a string\",\"param\":\"index_name\"},\"code\":-32602}");
            call(client, 3, "public/get_index_price", "{\"index_name\":\"none\"}");
            assertThat(code(answer(client, 3))).isEqualTo(11_029);
            call(client, 4, "public/set_heartbeat", "{\"interval\":9}");
            assertThat(code(answer(client, 4))).isEqualTo(11_029);
            client.send("no json");
            assertThat(code(JSON.readTree(client.next()))).isEqualTo(-32_700);
        }
        HttpResponse<String> http = get(exchange, "/public/subscribe?channels=x");
        assertThat(http.statusCode()).isEqualTo(400);
        assertThat(code(JSON.readTree(http.body()))).isEqualTo(10_030);
    }

    private static int code(JsonNode answer) {
        return answer.path("error").path("code").intValue();
    }

    @Test
    void aClientThatAnswersTestRequestsLivesAndOneThatDoesNotIsClosedAndJudged() throws Exception {
        SimulatedExchange exchange = exchange(FAST);
        try (StreamClient faithful = connect(exchange);
                StreamClient silent = connect(exchange)) {
            for (StreamClient client : List.of(faithful, silent)) {
                call(client, 1, "public/set_heartbeat", "{\"interval\":10}");
                assertThat(answer(client, 1).path("result").asString()).isEqualTo("ok");
            }
            for (int i = 2; i < 6; i++) {
                faithful.next(text -> text.contains("\"test_request\""));
                call(faithful, i, "public/test", "{}");
                answer(faithful, i);
            }
            assertThat(silent.closeCode()).isEqualTo(1_000);
            assertThat(silent.within(Duration.ofMillis(10)))
                    .contains(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"heartbeat\"}}");
            call(faithful, 9, "public/disable_heartbeat", "{}");
            answer(faithful, 9);
            assertThat(exchange.deribit().connections()).isEqualTo(1);
        }
        assertThat(exchange.breaches().of("deribit"))
                .extracting(VenueBreach::rule)
                .containsExactly("test-request");
    }

    @Test
    void creditsThatAreSpentEndTheSession() throws Exception {
        SimulatedExchange exchange =
                exchange(
                        DeribitLimits.real()
                                .withCredits(
                                        new CreditPool(1_000, 1, 500),
                                        new CreditPool(3_000, 1, 3_000)));
        try (StreamClient client = connect(exchange)) {
            call(client, 1, "public/test", "{}");
            call(client, 2, "public/test", "{}");
            call(client, 3, "public/test", "{}");
            assertThat(code(answer(client, 3))).isEqualTo(10_028);
            assertThat(client.closeCode()).isEqualTo(1_008);
        }
        assertThat(get(exchange, "/public/get_time").statusCode()).isEqualTo(429);
        assertThat(exchange.breaches().of("deribit"))
                .extracting(VenueBreach::rule)
                .containsExactly("credits", "credits");
    }

    @Test
    void theSocketBeyondTheLimitIsRefused() throws Exception {
        SimulatedExchange exchange = exchange(FAST.withConnectionsPerAddress(2));
        try (StreamClient first = connect(exchange);
                StreamClient second = connect(exchange)) {
            assertThatThrownBy(() -> connect(exchange)).satisfies(DeribitIT::is429);
            call(first, 1, "public/test", "{}");
            answer(first, 1);
            call(second, 1, "public/test", "{}");
            answer(second, 1);
        }
        Await.until("the sockets are gone", () -> exchange.deribit().connections() == 0);
        connect(exchange).close();
        assertThat(exchange.breaches().of("deribit"))
                .extracting(VenueBreach::rule)
                .containsExactly("connections");
    }

    private static void is429(Throwable failure) {
        assertThat(failure).isInstanceOf(CompletionException.class);
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(429));
    }

    @Test
    void faultsComeAndGo() throws Exception {
        SimulatedExchange exchange = exchange(FAST);
        String subscribe =
                "{\"channels\":[\"deribit_price_index.btc_usd\",\"deribit_price_index.eth_usd\"]}";
        try (StreamClient client = connect(exchange)) {
            call(client, 1, "public/subscribe", subscribe);
            client.next(text -> text.contains("\"index_name\":\"btc_usd\""));

            exchange.deribit().stall(channel -> channel.endsWith("btc_usd"));
            client.within(Duration.ofMillis(50));
            assertThat(client.within(Duration.ofMillis(150)))
                    .isNotEmpty()
                    .allMatch(text -> text.contains("eth_usd"));
            exchange.deribit().stall(channel -> false);
            client.next(text -> text.contains("btc_usd"));

            exchange.deribit().maintenance(() -> true);
            call(client, 2, "public/test", "{}");
            assertThat(code(answer(client, 2))).isEqualTo(11_051);
            assertThat(get(exchange, "/public/get_time").body()).contains("11051");
            exchange.deribit().maintenance(() -> false);

            exchange.deribit().refuse(() -> true);
            exchange.deribit().closeSockets();
            assertThat(client.closeCode()).isEqualTo(1_011);
            assertThatThrownBy(() -> connect(exchange)).isInstanceOf(CompletionException.class);
            exchange.deribit().refuse(() -> false);
        }
        try (StreamClient client = connect(exchange)) {
            call(client, 1, "public/subscribe", subscribe);
            client.next(text -> text.contains("btc_usd"));
            exchange.deribit().halfOpen();
            client.within(Duration.ofMillis(100));
            call(client, 2, "public/test", "{}");
            assertThat(client.within(Duration.ofMillis(150))).isEmpty();
        }
    }

    @Test
    void faultsAreAskedForByTheirNames() throws Exception {
        SimulatedExchange exchange = exchange(FAST);
        try (StreamClient client = connect(exchange)) {
            call(
                    client,
                    1,
                    "public/subscribe",
                    "{\"channels\":[\"deribit_price_index.btc_usd\",\"deribit_price_index.eth_usd\"]}");
            client.next(text -> text.contains("\"index_name\":\"btc_usd\""));
            exchange.faults().run(FaultScript.parse("deribit-stall stream=*btc_usd for=1m"));
            client.within(Duration.ofMillis(50));
            assertThat(client.within(Duration.ofMillis(150)))
                    .isNotEmpty()
                    .allMatch(text -> text.contains("eth_usd"));
            exchange.faults().clear();
            client.next(text -> text.contains("btc_usd"));

            exchange.faults().run(FaultScript.parse("deribit-maintenance count=1"));
            assertThat(get(exchange, "/public/get_time").body()).contains("11051");
            assertThat(get(exchange, "/public/get_time").statusCode()).isEqualTo(200);

            exchange.faults()
                    .run(FaultScript.parse("deribit-refuse for=1m\nderibit-close how=close"));
            assertThat(client.closeCode()).isEqualTo(1_011);
            assertThatThrownBy(() -> connect(exchange)).isInstanceOf(CompletionException.class);
            exchange.faults().clear();
            connect(exchange).close();
        }
        assertThat(exchange.faults().history())
                .extracting(ActiveFault.Report::name)
                .containsExactly(
                        "deribit-stall", "deribit-maintenance", "deribit-refuse", "deribit-close");
    }

    @Test
    void halfOpenSocketsAndMissingHeartbeatsAreAskedForByTheirNames() throws Exception {
        SimulatedExchange exchange = exchange(FAST);
        try (StreamClient client = connect(exchange)) {
            exchange.faults().run(FaultScript.parse("deribit-no-heartbeat for=1m"));
            call(client, 1, "public/set_heartbeat", "{\"interval\":60}");
            answer(client, 1);
            assertThat(client.within(Duration.ofMillis(1_500))).isEmpty();
            exchange.faults().clear();
            client.next(text -> text.contains("\"heartbeat\""));
            call(client, 2, "public/disable_heartbeat", "{}");
            answer(client, 2);

            exchange.faults().run(FaultScript.parse("deribit-half-open"));
            client.within(Duration.ofMillis(100));
            call(client, 3, "public/test", "{}");
            assertThat(client.within(Duration.ofMillis(150))).isEmpty();
        }
    }

    /** What was sent of the Bitcoin index, as it came over the socket. */
    private static List<String> notifications(SimulatedExchange exchange) {
        return exchange.ledger().entries("deribit_price_index.btc_usd").stream()
                .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                .map(data ->
                        "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"deribit_price_index.btc_usd\",\"data\":"
                                + data
                                + "}}")
                .toList();
    }
}
