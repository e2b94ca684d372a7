package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST side (EXCHANGES A.6, A.7), over HTTP. */
class RestIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static SimulatedExchange exchange;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(6)
                                                .withEventsPerSecond(1_000)
                                                .withBookLevels(300)
                                                .withHistory(Duration.ofDays(40))
                                                .withNonAsciiSymbol())
                                .withLimits(Limits.real().withRequestWeight(1_000_000)));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        exchange.close();
    }

    private static HttpResponse<String> send(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(exchange.restUrl() + "/api/v3/" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    depth?symbol=NOSUCH|{"code":-1121,"msg":"Invalid symbol."}
                    depth|{"code":-1102,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}
                    depth?symbol=|{"code":-1102,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}
                    depth?symbol=btcusdt|{"code":-1100,"msg":"Illegal characters found in parameter 'symbol'; legal range is '^[\\\\w-_.&&[^a-z]]{1,50}$'."}
                    depth?symbol=BTCUSDT&limit=x|{"code":-1100,"msg":"Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'."}
                    depth?symbol=BTCUSDT&limit=0|{"code":-1130,"msg":"Data sent for parameter 'limit' is not valid."}
                    depth?symbol=BTCUSDT&limit=99999999999999999999|{"code":-1108,"msg":"Parameter 'limit' overflowed."}
                    depth?symbol=BTCUSDT&symbol=BTCUSDT|{"code":-1101,"msg":"Duplicate values for a parameter detected."}
                    depth?symbol=BTCUSDT&colour=red|{"code":-1104,"msg":"Not all sent parameters were read; read '1' parameter(s) but was sent '2'."}
                    depth?symbol=BTCUSDT&symbolStatus=HALT|{"code":-1220,"msg":"The symbol's status does not match the requested symbolStatus."}
                    ping?a=1|{"code":-1101,"msg":"Too many parameters; expected '0' and received '1'."}
                    klines?symbol=BTCUSDT&interval=2m|{"code":-1120,"msg":"Invalid interval."}
                    klines?symbol=BTCUSDT|{"code":-1102,"msg":"Mandatory parameter 'interval' was not sent, was empty/null, or malformed."}
                    klines?symbol=BTCUSDT&interval=1m&timeZone=15|{"code":-1130,"msg":"Data sent for parameter 'timeZone' is not valid."}
                    ticker/24hr?symbol=BTCUSDT&type=HUGE|{"code":-1139,"msg":"Invalid ticker type."}
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D|{"code":-1151,"msg":"Symbol is present multiple times in the list."}
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22NOSUCH%22%5D|{"code":-1121,"msg":"Invalid symbol."}
                    ticker/price?symbols=BTCUSDT|{"code":-1130,"msg":"Data sent for parameter 'symbols' is not valid."}
                    ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D|{"code":-1128,"msg":"Combination of optional parameters invalid."}
                    exchangeInfo?symbol=NOSUCH|{"code":-1121,"msg":"Invalid symbol."}
                    exchangeInfo?symbolStatus=ASLEEP|{"code":-1122,"msg":"Invalid symbolStatus."}
                    exchangeInfo?symbol=BTCUSDT&symbolStatus=TRADING|{"code":-1128,"msg":"Combination of optional parameters invalid."}
                    aggTrades?symbol=BTCUSDT&fromId=1&startTime=5|{"code":-1128,"msg":"Combination of optional parameters invalid."}
                    """)
    void mistakesAreAnsweredInTheExchangesWords(String path, String body) throws Exception {
        HttpResponse<String> response = send(path);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void depthHasLimitsAndWeights() throws Exception {
        for (int[] limitAndWeight :
                new int[][] {
                    {0, 5},
                    {100, 5},
                    {101, 25},
                    {500, 25},
                    {501, 50},
                    {1_000, 50},
                    {1_001, 250},
                    {9_999, 250}
                }) {
            long before = used();
            JsonNode depth =
                    get(
                            "depth?symbol=BTCUSDT"
                                    + (limitAndWeight[0] == 0
                                            ? ""
                                            : "&limit=" + limitAndWeight[0]));
            long cost = used() - before - 1;
            if (cost >= 0) {
                // A new minute may have begun in between.
                assertThat(cost).isEqualTo(limitAndWeight[1]);
            }
            assertThat(depth.propertyNames()).containsExactly("lastUpdateId", "bids", "asks");
            assertThat(depth.path("bids").size())
                    .isEqualTo(
                            Math.min(
                                    limitAndWeight[0] == 0 ? 100 : limitAndWeight[0],
                                    depth.path("bids").size()));
        }
    }

    private static long used() throws Exception {
        HttpResponse<String> ping = send("ping");
        assertThat(ping.headers().firstValue("X-MBX-USED-WEIGHT"))
                .isEqualTo(ping.headers().firstValue("X-MBX-USED-WEIGHT-1M"));
        return Long.parseLong(ping.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }

    @Test
    void exchangeInfoListsThePairs() throws Exception {
        JsonNode all = get("exchangeInfo");
        assertThat(all.path("symbols").valueStream().map(s -> s.path("symbol").stringValue()))
                .containsExactlyElementsOf(exchange.symbols());
        assertThat(exchange.symbols()).startsWith("BTCUSDT").endsWith("币安人生USDT");
        assertThat(
                        get("exchangeInfo?symbols=" + encoded("[\"ETHUSDT\",\"BTCUSDT\"]"))
                                .path("symbols")
                                .size())
                .isEqualTo(2);
        assertThat(get("exchangeInfo?symbolStatus=BREAK").path("symbols").size()).isZero();
        JsonNode one = get("exchangeInfo?symbol=" + encoded("币安人生USDT")).path("symbols").path(0);
        assertThat(one.path("status").stringValue()).isEqualTo("TRADING");
        assertThat(one.path("filters").path(0).path("tickSize").stringValue())
                .isEqualTo("0.00010000");
        assertThat(all.path("rateLimits").path(0).path("limit").intValue()).isEqualTo(1_000_000);
    }

    @Test
    void candlesComeInOrderAndInTheRangeAskedFor() throws Exception {
        JsonNode newest = get("klines?symbol=ETHUSDT&interval=1m&limit=3");
        assertThat(newest.size()).isEqualTo(3);
        long lastOpen = newest.path(2).path(0).longValue();
        assertThat(newest.path(0).path(0).longValue()).isEqualTo(lastOpen - 120_000);
        assertThat(newest.path(0).size()).isEqualTo(12);
        long start = Instant.now().minus(Duration.ofDays(2)).toEpochMilli() / 60_000 * 60_000;
        assertThat(opens(get("klines?symbol=ETHUSDT&interval=1m&limit=2&startTime=" + start)))
                .containsExactly(start, start + 60_000);
        assertThat(opens(get("klines?symbol=ETHUSDT&interval=1m&limit=2&startTime=" + (start + 1))))
                .containsExactly(start + 60_000, start + 120_000);
        assertThat(opens(get("klines?symbol=ETHUSDT&interval=1m&limit=2&endTime=" + start)))
                .containsExactly(start - 60_000, start);
        assertThat(
                        opens(
                                get(
                                        "klines?symbol=ETHUSDT&interval=1m&startTime="
                                                + start
                                                + "000&endTime="
                                                + (start + 60_000)
                                                + "000")))
                .containsExactly(start, start + 60_000);
        assertThat(get("klines?symbol=ETHUSDT&interval=1m").size()).isEqualTo(500);
        assertThat(get("uiKlines?symbol=ETHUSDT&interval=1m&limit=5000").size()).isEqualTo(1_000);
        assertThat(get("klines?symbol=ETHUSDT&interval=1d&limit=1000").size()).isEqualTo(41);
        assertThat(
                        opens(get("klines?symbol=ETHUSDT&interval=1d&limit=2&timeZone=8")).getLast()
                                % 86_400_000L)
                .isEqualTo(16 * 3_600_000L);
    }

    private static List<Long> opens(JsonNode candles) {
        List<Long> opens = new ArrayList<>();
        candles.forEach(candle -> opens.add(candle.path(0).longValue()));
        return opens;
    }

    @Test
    void theSameRangeOfThePastIsAlwaysTheSame() throws Exception {
        long start = Instant.now().minus(Duration.ofDays(3)).toEpochMilli();
        String range =
                "klines?symbol=BTCUSDT&interval=5m&startTime="
                        + start
                        + "&endTime="
                        + (start + 7_200_000);
        assertThat(get(range)).isEqualTo(get(range));
    }

    @Test
    void tickersOfOneSomeAndAll() throws Exception {
        assertThat(get("ticker/price?symbol=BTCUSDT").propertyNames())
                .containsExactly("symbol", "price");
        assertThat(get("ticker/price").size()).isEqualTo(6);
        assertThat(
                        get("ticker/bookTicker?symbols=" + encoded("[\"BTCUSDT\"]"))
                                .path(0)
                                .propertyNames())
                .containsExactly("symbol", "bidPrice", "bidQty", "askPrice", "askQty");
        assertThat(get("ticker/24hr?symbol=BTCUSDT").propertyNames())
                .containsExactly(
                        "symbol",
                        "priceChange",
                        "priceChangePercent",
                        "weightedAvgPrice",
                        "prevClosePrice",
                        "lastPrice",
                        "lastQty",
                        "bidPrice",
                        "bidQty",
                        "askPrice",
                        "askQty",
                        "openPrice",
                        "highPrice",
                        "lowPrice",
                        "volume",
                        "quoteVolume",
                        "openTime",
                        "closeTime",
                        "firstId",
                        "lastId",
                        "count");
        assertThat(get("ticker/24hr?type=MINI").path(3).propertyNames())
                .containsExactly(
                        "symbol",
                        "openPrice",
                        "highPrice",
                        "lowPrice",
                        "lastPrice",
                        "volume",
                        "quoteVolume",
                        "openTime",
                        "closeTime",
                        "firstId",
                        "lastId",
                        "count");
        assertThat(get("ticker/price?symbolStatus=HALT").size()).isZero();
        assertThat(get("avgPrice?symbol=BTCUSDT").propertyNames())
                .containsExactly("mins", "price", "closeTime");
    }

    @Test
    void tradesAndAggregatesAreListed() throws Exception {
        Await.until("trades happen", () -> tradeCount() >= 20);
        JsonNode trades = get("trades?symbol=BTCUSDT&limit=5");
        assertThat(trades.path(0).propertyNames())
                .containsExactly(
                        "id", "price", "qty", "quoteQty", "time", "isBuyerMaker", "isBestMatch");
        JsonNode aggregates = get("aggTrades?symbol=BTCUSDT&limit=3");
        long id = aggregates.path(0).path("a").longValue();
        JsonNode from = get("aggTrades?symbol=BTCUSDT&limit=2&fromId=" + id);
        assertThat(from.path(0)).isEqualTo(aggregates.path(0));
        assertThat(from.path(1)).isEqualTo(aggregates.path(1));
    }

    private static int tradeCount() {
        try {
            return get("trades?symbol=BTCUSDT").size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void timesCanBeInMicroseconds() throws Exception {
        assertThat(
                        JSON.readTree(send("time", "X-MBX-TIME-UNIT", "MICROSECOND").body())
                                .path("serverTime")
                                .toString())
                .hasSize(16);
        assertThat(get("time").path("serverTime").toString()).hasSize(13);
        assertThat(send("time", "X-MBX-TIME-UNIT", "NANOSECOND").body())
                .isEqualTo(
                        "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected either"
                                + " MICROSECOND or MILLISECOND.\"}");
    }

    @Test
    void aSnapshotFitsTheStreamAroundIt() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange, "/ws/btcusdt@depth@100ms")) {
            List<String> diffs = new ArrayList<>(client.next(3, text -> true));
            FollowedBook book = new FollowedBook(send("depth?symbol=BTCUSDT&limit=5000").body());
            diffs.addAll(client.next(10, text -> true));
            diffs.forEach(book::apply);
            assertThat(book.gaps()).isZero();
            assertThat(book.applied()).isPositive();
            assertThat(book.crossed()).isFalse();
        }
    }

    @Test
    void usingTooMuchIsRefusedAndGoingOnIsBanned() throws Exception {
        try (SimulatedExchange strict =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(1)
                                                .withHistory(Duration.ZERO))
                                .withClock(() -> Instant.parse("2026-03-04T12:00:20Z"))
                                .withLimits(
                                        Limits.real()
                                                .withRequestWeight(250)
                                                .withBans(1, List.of(Duration.ofMinutes(2)))))) {
            URI depth = URI.create(strict.restUrl() + "/api/v3/depth?symbol=BTCUSDT&limit=5000");
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response =
                        http.send(HttpRequest.newBuilder(depth).build(), BodyHandlers.ofString());
                answers.add(
                        response.statusCode()
                                + " "
                                + response.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElse("")
                                + " "
                                + response.headers().firstValue("Retry-After").orElse("-"));
            }
            assertThat(answers).containsExactly("200 250 -", "429 500 40", "418 750 120");
            assertThat(strict.requests().entries().stream().map(e -> e.status() + " " + e.weight()))
                    .containsExactly("200 250", "429 250", "418 250");
        }
    }
}
