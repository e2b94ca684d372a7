package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API with every bound set, over real sockets. Each test is a client of its own. */
final class GuardIT {

    private static final String KEY = "abc";
    private static final String ORDER = "{\"venue\":\"binance\",\"interval\":\"1m\"}";
    private static final String PRICE = "/v1/prices/binance/BTCUSDT";

    @TempDir private static Path directory;

    private static FakeAggregator aggregator;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        aggregator = new FakeAggregator().ownsAll(6);
        aggregator.on("/internal/prices/binance/BTCUSDT", price());
        aggregator.hangsOn("/internal/candles/binance/SLOWUSDT?interval=1m&limit=1000");
        Path keys = directory.resolve("keys");
        Files.writeString(
                keys,
                "# who may write\nops=sha256:"
                        + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
        api =
                Api.over(
                        directory,
                        aggregator,
                        "--tapeline.guard.weight-per-minute=300",
                        "--tapeline.guard.trusted-proxies=127.0.0.1",
                        "--tapeline.guard.connections=1",
                        "--tapeline.guard.keys-file=" + keys,
                        "--tapeline.limits.concurrent-history=1",
                        "--tapeline.limits.patience=1ms",
                        "--tapeline.aggregator.timeout=2s",
                        "--tapeline.cors-origins=https://pages.example");
    }

    @AfterAll
    static void stop() {
        aggregator.close();
        api.close();
    }

    private static PriceAnswer price() {
        return PriceAnswer.newBuilder()
                .setPrice(
                        LatestPriceCodec.toProto(
                                new LatestPrice(
                                        Instrument.binance("BTCUSDT"),
                                        new EpochMicros(1_723_161_600_000_000L),
                                        Price.of("61855.37"),
                                        null,
                                        null,
                                        "ticker")))
                .setTrust(Trust.newBuilder().setState("LIVE"))
                .build();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("requestId").asString()).isEqualTo(header(answer, "X-Request-Id"));
        return problem;
    }

    /** Thirty books of full depth are more than a minute's weight, wherever the minute ends. */
    @Test
    void aClientThatUsedUpItsMinuteIsToldWhenTheNextBegins() {
        String[] me = {"X-Forwarded-For", "203.0.113.1"};
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(api.get("/v1/books/binance/NOSUCH?depth=5000", me));
        }
        assertThat(answers.stream().map(HttpResponse::statusCode)).contains(404, 429);
        HttpResponse<String> refused =
                answers.stream().filter(each -> each.statusCode() == 429).findFirst().orElseThrow();
        assertThat(problem(refused, 429).get("type").asString())
                .isEqualTo("urn:tapeline:too-much-weight");
        assertThat(header(refused, "X-Used-Weight-1M")).isEqualTo("250");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        HttpResponse<String> other = api.get(PRICE, "X-Forwarded-For", "203.0.113.2");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(other, "X-Used-Weight-1M")).isEqualTo("2");
        assertThat(api.get("/", me).statusCode()).isEqualTo(200);
        assertThat(measured("why:weight")).isPositive();
    }

    @Test
    void onTheMirrorTheExchangesOwnWordsAreUsed() {
        String[] me = {"X-Forwarded-For", "203.0.113.11"};
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(api.get("/api/v3/depth?symbol=NOSUCH&limit=5000", me));
        }
        assertThat(header(answers.getFirst(), "X-MBX-USED-WEIGHT-1M")).isEqualTo("250");
        HttpResponse<String> refused =
                answers.stream().filter(each -> each.statusCode() == 429).findFirst().orElseThrow();
        assertThat(refused.body())
                .isEqualTo(
                        "{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is"
                                + " 300 request weight per 1 MINUTE. Please use WebSocket Streams"
                                + " for live updates to avoid polling the API.\"}");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
    }

    /** What is answered is what was weighed, however it is spelled. */
    @Test
    void aRequestThatWeighsMuchCannotBeSpelledSoThatItWeighsLittle() {
        String[] me = {"X-Forwarded-For", "203.0.113.14"};
        HttpResponse<String> name = api.get("/api/v3/depth?symbol=NOSUCH&%6Cimit=5000", me);
        assertThat(header(name, "X-MBX-USED-WEIGHT-1M")).isEqualTo("250");
        assertThat(header(name, "X-MBX-USED-WEIGHT")).isEqualTo("250");
        for (String path :
                List.of("/api/v3;ticker/24hr", "/api/v3;depth?symbol=NOSUCH&limit=5000")) {
            assertThat(api.get(path, me).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static double measured(String tag) {
        String body = api.manage("/actuator/metrics/tapeline.http.refused?tag=" + tag).body();
        return JsonMapper.shared()
                .readTree(body)
                .get("measurements")
                .get(0)
                .get("value")
                .asDouble();
    }

    @Test
    void whatWritesNeedsAKeyAndReadingDoesNot() throws Exception {
        String[] me = {"X-Forwarded-For", "203.0.113.3"};
        String json = "application/json";
        HttpResponse<String> without = api.post("/v1/collections", json, ORDER, me);
        assertThat(problem(without, 401).get("type").asString()).isEqualTo("urn:tapeline:api-key");
        assertThat(header(without, "WWW-Authenticate")).isEqualTo("Bearer");
        problem(api.send("DELETE", "/v1/collections/1", "X-Forwarded-For", "203.0.113.4"), 401);
        assertThat(api.get(PRICE, me).statusCode()).isEqualTo(200);
        problem(api.get(PRICE, "X-API-Key", "wrong", "X-Forwarded-For", "203.0.113.4"), 401);
        // No pair is known yet: it came past the guard.
        problem(
                api.post(
                        "/v1/collections",
                        json,
                        ORDER,
                        "X-API-Key",
                        KEY,
                        "X-Forwarded-For",
                        "203.0.113.5"),
                503);
        problem(
                api.post(
                        "/v1/collections",
                        json,
                        ORDER,
                        "Authorization",
                        "bearer " + KEY,
                        "X-Forwarded-For",
                        "203.0.113.6"),
                503);
        assertThat(measured("why:key")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void theWayToWriteCannotBeSpelledOtherwise() throws Exception {
        for (String path :
                List.of(
                        "/v1/collections;a=b",
                        "/v1;a=b/collections",
                        "/v1/%63ollections",
                        "/%761/collections")) {
            assertThat(
                            api.post(
                                            path,
                                            "application/json",
                                            ORDER,
                                            "X-Forwarded-For",
                                            "203.0.113." + (20 + path.length()))
                                    .statusCode())
                    .as(path)
                    .isIn(400, 401, 404);
        }
    }

    @Test
    void costlyQuestionsThatPileUpDoNotHoldUpCheapOnes() {
        CompletableFuture<HttpResponse<String>> slow =
                CompletableFuture.supplyAsync(
                        () ->
                                api.get(
                                        "/v1/klines/binance/SLOWUSDT",
                                        "X-Forwarded-For",
                                        "203.0.113.7"),
                        Thread::startVirtualThread);
        Await.until(
                "the slow one is inside",
                () -> aggregator.asked().stream().anyMatch(path -> path.contains("SLOWUSDT")));
        HttpResponse<String> second =
                api.get("/v1/klines/binance/BTCUSDT", "X-Forwarded-For", "203.0.113.8");
        assertThat(problem(second, 503).get("type").asString())
                .isEqualTo("urn:tapeline:overloaded");
        assertThat(header(second, "Retry-After")).isEqualTo("1");
        assertThat(api.get(PRICE, "X-Forwarded-For", "203.0.113.8").statusCode()).isEqualTo(200);
        assertThat(measured("why:room")).isPositive();
        assertThat(slow.join().statusCode()).isEqualTo(503);
    }

    @Test
    void aClientHasOneLiveConnectionHere() throws Exception {
        HttpResponse<InputStream> stream = api.open("/v1/stream");
        try (InputStream events = stream.body()) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(events.read()).isEqualTo('r');
            assertThat(problem(api.get("/v1/stream"), 429).get("type").asString())
                    .isEqualTo("urn:tapeline:too-many-connections");
            assertThat(api.get("/v1/ws").statusCode()).isEqualTo(429);
            assertThat(api.get("/ws/btcusdt@depth").body()).startsWith("{\"code\":-1034,");
        }
        // No handshake: what is not opened gives its place back.
        for (int i = 0; i < 3; i++) {
            assertThat(api.get("/v1/ws", "X-Forwarded-For", "203.0.113.12").statusCode())
                    .isEqualTo(400);
        }
        assertThat(measured("why:connections")).isPositive();
    }

    @Test
    void aSaneIdOfTheAskersIsKeptAndAnyOtherReplaced() {
        String[] me = {"X-Forwarded-For", "203.0.113.9", "X-Request-Id", ""};
        me[3] = "order-66_b.c";
        assertThat(header(api.get(PRICE, me), "X-Request-Id")).isEqualTo("order-66_b.c");
        for (String odd : List.of("a b", "<script>", "x".repeat(65), "")) {
            me[3] = odd;
            assertThat(header(api.get(PRICE, me), "X-Request-Id")).matches("[0-9a-f]{16}");
        }
        String one = header(api.get(PRICE), "X-Request-Id");
        assertThat(header(api.get(PRICE), "X-Request-Id")).isNotEqualTo(one);
    }

    @Test
    void pagesOfAllowedOriginsMayReadRefusalsTooAndOthersNothing() throws Exception {
        HttpResponse<String> allowed =
                api.get(
                        "/v1/nothing",
                        "Origin",
                        "https://pages.example",
                        "X-API-Key",
                        "wrong",
                        "X-Forwarded-For",
                        "203.0.113.10");
        assertThat(allowed.statusCode()).isEqualTo(401);
        assertThat(header(allowed, "Access-Control-Allow-Origin"))
                .isEqualTo("https://pages.example");
        assertThat(header(allowed, "Access-Control-Expose-Headers")).contains("Retry-After");
        HttpResponse<String> asked =
                api.send(
                        "OPTIONS",
                        "/v1/collections",
                        "Origin",
                        "https://pages.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type,x-api-key,x-mbx-time-unit");
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(header(asked, "Access-Control-Allow-Methods")).contains("POST");
        assertThat(header(asked, "Access-Control-Allow-Headers")).contains("x-mbx-time-unit");
        HttpResponse<String> other = api.get(PRICE, "Origin", "https://evil.example");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(
                        api.send(
                                        "OPTIONS",
                                        "/v1/collections",
                                        "Origin",
                                        "https://evil.example",
                                        "Access-Control-Request-Method",
                                        "POST")
                                .statusCode())
                .isEqualTo(403);
    }
}
