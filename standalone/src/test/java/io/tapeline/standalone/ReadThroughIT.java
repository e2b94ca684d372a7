package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.ExchangeValues;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An empty history and an exchange that has thirty days behind it: any range is answered, with the
 * exchange's own candles, of a pair that is streamed and of one that is not. What was fetched is
 * kept by way of the topics, so that the second time the exchange is not asked.
 */
class ReadThroughIT {

    private static final int PAIRS = 3;
    private static final String STREAMED = "BTCUSDT";
    private static final String KLINES = "/api/v3/klines?symbol=";

    /** A price and the sums, by open time. */
    private record Bar(
            Instant openTime, String high, String low, String close, String volume, long trades) {}

    /** A question, and what the exchange itself is asked to compare. */
    private record Range(String symbol, String interval, Instant from, Instant to) {
        String path() {
            return "/v1/klines/binance/%s?interval=%s&limit=1000&from=%s&to=%s"
                    .formatted(symbol, interval, from, to);
        }
    }

    @TempDir Path dir;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
    }

    private Map<String, String> settings(SimulatedExchange exchange) {
        return Map.of(
                "tapeline.data-dir", dir.resolve("data").toString(),
                "tapeline.kafka.port", "0",
                "tapeline.http-port", "0",
                "tapeline.symbols", STREAMED,
                "tapeline.binance.catch-up-candles", "20",
                "tapeline.binance.rest-url", exchange.restUrl().toString(),
                "tapeline.binance.ws-url", exchange.wsUrl().toString(),
                "tapeline.deribit.ws-url", "",
                "tapeline.coingecko.url", "");
    }

    @Test
    void any_range_is_answered_and_the_second_time_without_the_exchange() throws Exception {
        try (SimulatedExchange exchange =
                        SimulatedExchange.start(
                                SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(PAIRS)
                                                .withEventsPerSecond(20)));
                Standalone tapeline = Standalone.start(Mode.LIVE, settings(exchange));
                Api api = new Api(tapeline.api())) {
            String other =
                    exchange.symbols().stream()
                            .filter(symbol -> !symbol.equals(STREAMED))
                            .findFirst()
                            .orElseThrow();
            api.await("/v1/instruments", page -> page.get("items").size() == PAIRS);
            api.await(
                    "/v1/klines/binance/" + STREAMED + "?limit=1",
                    page -> !page.get("items").isEmpty());
            List<Range> ranges = ranges(other);

            assertConcurrentEqualQuestionsCostOneFetch(exchange, api, ranges.getFirst());
            for (Range range : ranges) {
                assertThat(bars(all(api, range.path())))
                        .as(range.toString())
                        .isEqualTo(truth(exchange, range));
            }
            for (Range range : ranges) {
                awaitInHistory(api, range);
            }
            long asked = asks(exchange, "");
            for (Range range : ranges) {
                List<JsonNode> again = all(api, range.path());
                assertThat(bars(again)).isEqualTo(truth(exchange, range));
                assertThat(again)
                        .allMatch(candle -> candle.get("complete").asBoolean())
                        .noneMatch(candle -> candle.get("origin").asString().equals("exchange"));
            }
            assertThat(asks(exchange, "")).isEqualTo(asked);
            assertEachMinuteIsHeldAndHasItsReason(api, other);
            assertACollectionFetchesWhatIsMissing(exchange, tapeline, api);
            assertThat(exchange.judge().verdict().breaches()).isEmpty();
        }
    }

    /** Of three days that were asked for whole. */
    private static void assertEachMinuteIsHeldAndHasItsReason(Api api, String symbol)
            throws Exception {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
        JsonNode report =
                api.get(
                                "/v1/completeness/binance/%s?from=%s&to=%s"
                                        .formatted(symbol, day.minus(Duration.ofDays(3)), day))
                        .body();
        assertThat(report.get("expected").asLong()).isEqualTo(3 * 1_440);
        assertThat(report.get("held").asLong()).isEqualTo(3 * 1_440);
        assertThat(report.get("missing").asLong()).isZero();
        assertThat(report.get("days")).hasSize(3);
        assertThat(Instant.parse(report.get("listed").asString())).isBefore(day);
    }

    private void assertACollectionFetchesWhatIsMissing(
            SimulatedExchange exchange, Standalone tapeline, Api api) throws Exception {
        HttpResponse<String> taken =
                http.send(
                        HttpRequest.newBuilder(tapeline.api().resolve("/v1/collections"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"venue\":\"binance\",\"interval\":\"1m\","
                                                        + "\"limit\":200}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        String path = taken.headers().firstValue("Location").orElseThrow();
        JsonNode done = api.await(path, status -> status.get("state").asString().equals("DONE"));
        assertThat(done.get("done").asInt()).isEqualTo(PAIRS);
        assertThat(done.get("failed").asInt()).isZero();
        for (String symbol : exchange.symbols()) {
            Instant to = Instant.parse(done.get("to").asString());
            awaitInHistory(api, new Range(symbol, "1m", to.minusSeconds(200 * 60), to));
        }
    }

    private static List<Range> ranges(String other) {
        Instant now = Instant.now();
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        return List.of(
                new Range(other, "1h", day.minus(Duration.ofDays(3)), day),
                new Range(
                        other,
                        "1m",
                        day.minus(Duration.ofDays(1)).plusSeconds(17 * 60),
                        day.minus(Duration.ofHours(9))),
                new Range(other, "1d", Instant.EPOCH, day),
                new Range(
                        STREAMED,
                        "1m",
                        now.minus(Duration.ofHours(5)),
                        now.minus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MINUTES)),
                new Range(STREAMED, "4h", day.minus(Duration.ofDays(10)), day));
    }

    /** Three days are four to six requests, however many ask. */
    private void assertConcurrentEqualQuestionsCostOneFetch(
            SimulatedExchange exchange, Api api, Range range) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JsonNode>>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(() -> all(api, range.path())));
            }
            for (Future<List<JsonNode>> answer : answers) {
                assertThat(bars(answer.get())).isEqualTo(truth(exchange, range));
            }
        }
        assertThat(asks(exchange, range.symbol())).isBetween(5L, 6L);
    }

    private static long asks(SimulatedExchange exchange, String symbol) {
        return exchange.requests().entries().stream()
                .filter(entry -> entry.target().startsWith(KLINES + symbol))
                .filter(entry -> entry.target().contains("limit=1000"))
                .filter(entry -> !entry.target().contains("timeZone"))
                .count();
    }

    private static void awaitInHistory(Api api, Range range) throws Exception {
        api.await(
                range.path(),
                page ->
                        page.get("items")
                                .valueStream()
                                .noneMatch(c -> c.get("origin").asString().equals("exchange")));
    }

    /** Every item along all pages. */
    private static List<JsonNode> all(Api api, String path) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            Api.Answer answer = api.get(path + (next.isEmpty() ? "" : "&cursor=" + next));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            assertThat(answer.body().get("missing").isNull()).as(path).isTrue();
            answer.body().get("items").forEach(items::add);
            next = answer.body().get("next").isNull() ? "" : answer.body().get("next").asString();
        } while (!next.isEmpty());
        return items;
    }

    private static List<Bar> bars(List<JsonNode> items) {
        return items.stream()
                .filter(candle -> candle.get("closed").asBoolean())
                .map(candle ->
                        new Bar(
                                Instant.parse(candle.get("openTime").asString()),
                                ExchangeValues.plain(candle.get("high")).toPlainString(),
                                ExchangeValues.plain(candle.get("low")).toPlainString(),
                                ExchangeValues.plain(candle.get("close")).toPlainString(),
                                ExchangeValues.plain(candle.get("volume")).toPlainString(),
                                candle.get("trades").asLong()))
                .toList();
    }

    /**
     * The exchange's own candles of the interval; a time zone, which changes nothing, tells these
     * requests from others.
     */
    private List<Bar> truth(SimulatedExchange exchange, Range range) throws Exception {
        URI address =
                URI.create(
                        "%s%s%s&interval=%s&limit=1000&timeZone=0&startTime=%d&endTime=%d"
                                .formatted(
                                        exchange.restUrl(),
                                        KLINES,
                                        range.symbol(),
                                        range.interval(),
                                        range.from().toEpochMilli(),
                                        range.to().toEpochMilli() - 1));
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
        List<Bar> bars = new ArrayList<>();
        JsonNode rows = JsonMapper.shared().readTree(answer.body());
        rows.forEach(row ->
                bars.add(
                        new Bar(
                                Instant.ofEpochMilli(row.get(0).asLong()),
                                ExchangeValues.plain(row.get(2)).toPlainString(),
                                ExchangeValues.plain(row.get(3)).toPlainString(),
                                ExchangeValues.plain(row.get(4)).toPlainString(),
                                ExchangeValues.plain(row.get(5)).toPlainString(),
                                row.get(8).asLong())));
        return bars;
    }
}
