package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.NaiveBook;
import io.tapeline.chaos.judge.TopicReader;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Clients of the exchange's that others have written, changed in nothing but their addresses, at
 * Tapeline's mirror: the books they keep are the aggregator's at the same update, level by level,
 * and what they are told of prices, candles and pairs is what Tapeline recorded and what the
 * exchange itself tells.
 */
class UnmodifiedClientsIT {

    private static final int BOOKS = 60;
    private static final int LEVELS = 20;
    private static final String PAIR = "BTC/USDT";
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    @TempDir private static Path dir;

    private static SimulatedExchange exchange;
    private static Standalone tapeline;
    private static Api api;
    private static ClientProcess.Told ccxt;
    private static ClientProcess.Told xchange;

    /** At the same time: they wait more than they compute. */
    @BeforeAll
    static void run() throws IOException, InterruptedException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(2)
                                        .withEventsPerSecond(60)
                                        .withHistory(Duration.ofHours(3))));
        tapeline =
                Standalone.start(
                        Mode.LIVE,
                        Map.of(
                                "tapeline.data-dir", dir.resolve("data").toString(),
                                "tapeline.kafka.port", "0",
                                "tapeline.http-port", "0",
                                "tapeline.binance.catch-up-candles", "20",
                                "tapeline.binance.rest-url", exchange.restUrl().toString(),
                                "tapeline.binance.ws-url", exchange.wsUrl().toString(),
                                "tapeline.deribit.ws-url", "",
                                "tapeline.coingecko.url", ""));
        api = new Api(tapeline.api());
        for (String symbol : exchange.symbols()) {
            api.await("/api/v3/depth?symbol=" + symbol, book -> !book.get("bids").isEmpty());
            api.await("/api/v3/ticker/24hr?symbol=" + symbol, ticker -> ticker.has("lastPrice"));
            api.await("/api/v3/klines?interval=1m&limit=10&symbol=" + symbol, k -> k.size() == 10);
        }
        List<String> arguments = List.of(tapeline.api().toString(), PAIR, Integer.toString(BOOKS));
        try (ClientProcess one = ClientProcess.ccxt(dir, arguments);
                ClientProcess two = ClientProcess.xchange(dir, arguments)) {
            ccxt = one.told();
            xchange = two.told();
        }
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
        if (tapeline != null) {
            tapeline.close();
        }
        if (exchange != null) {
            exchange.close();
        }
    }

    @Test
    void the_books_of_ccxt_are_the_aggregators_at_each_update() {
        List<JsonNode> books = ccxt.all("book");
        assertThat(books).hasSize(BOOKS + 1);
        long last = books.getLast().get("updateId").longValue();
        Map<Long, String> held = held(last, BookEvent.Delta::finalUpdateId);
        int compared = 0;
        for (JsonNode book : books) {
            String then = held.get(book.get("updateId").longValue());
            if (then != null) {
                assertThat(text(book)).isEqualTo(then);
                compared++;
            }
        }
        System.out.println("ccxt: " + compared + " of " + books.size() + " books compared");
        assertThat(compared).as("of %d books", books.size()).isGreaterThanOrEqualTo(BOOKS);
    }

    /** Its books are known by the times of their updates, which are of a tenth of a second. */
    @Test
    void the_books_of_xchange_are_the_aggregators_at_each_update() {
        List<JsonNode> books = xchange.all("book");
        assertThat(books).hasSize(BOOKS);
        long last = books.getLast().get("eventTime").longValue();
        Map<Long, String> held = held(last, delta -> delta.eventTime().toMillis());
        int compared = 0;
        for (JsonNode book : books) {
            String then = held.get(book.get("eventTime").longValue());
            if (then != null) { // else of a snapshot that it began with, which has no such time
                assertThat(text(book)).as("at %s", book.get("eventTime")).isEqualTo(then);
                compared++;
            }
        }
        System.out.println("xchange: " + compared + " of " + books.size() + " books compared");
        assertThat(compared).as("of %d books", books.size()).isGreaterThanOrEqualTo(BOOKS / 2);
    }

    /** The best levels after each accepted update, until one whose key is reached. */
    private static Map<Long, String> held(long last, Function<BookEvent.Delta, Long> key) {
        List<ConsumerRecord<String, BookEvent>> records =
                TopicReader.await(
                        tapeline.bootstrap(),
                        TOPICS.depth(),
                        read ->
                                read.stream()
                                        .anyMatch(each ->
                                                each.value() instanceof BookEvent.Delta delta
                                                        && isOfPair(each.key())
                                                        && key.apply(delta) >= last));
        NaiveBook book = new NaiveBook();
        Map<Long, String> held = new HashMap<>();
        for (ConsumerRecord<String, BookEvent> each : records) {
            if (isOfPair(each.key())) {
                book.apply(each.value());
                if (each.value() instanceof BookEvent.Delta delta) {
                    held.put(key.apply(delta), best(book.bids()) + best(book.asks()));
                }
            }
        }
        return held;
    }

    private static boolean isOfPair(String key) {
        return key.equals("binance:" + PAIR.replace("/", ""));
    }

    private static String best(NavigableMap<BigDecimal, BigDecimal> side) {
        StringBuilder text = new StringBuilder("|");
        side.entrySet().stream()
                .limit(LEVELS)
                .forEach(level ->
                        text.append(level.getKey().toPlainString())
                                .append(' ')
                                .append(level.getValue().toPlainString())
                                .append('\n'));
        return text.toString();
    }

    private static String text(JsonNode book) {
        StringBuilder text = new StringBuilder();
        for (String side : List.of("bids", "asks")) {
            text.append('|');
            for (JsonNode level : book.get(side)) {
                text.append(plain(level.get(0))).append(' ').append(plain(level.get(1)));
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** Of a number as of a text: JavaScript's numbers print as the shortest that read the same. */
    private static String plain(JsonNode number) {
        return new BigDecimal(number.asString()).stripTrailingZeros().toPlainString();
    }

    @Test
    void tickers_are_those_that_were_accepted() {
        Map<Long, Ticker> accepted = new HashMap<>();
        List<JsonNode> told = new ArrayList<>(ccxt.all("ticker"));
        long last = told.getLast().get("timestamp").longValue();
        long lastOfXchange = xchange.all("ticker").getLast().get("closeTime").longValue();
        TopicReader.await(
                tapeline.bootstrap(),
                TOPICS.tickers(),
                read -> {
                    read.stream()
                            .filter(each -> isOfPair(each.key()))
                            .forEach(each -> accepted.put(closeTime(each.value()), each.value()));
                    return accepted.containsKey(last) && accepted.containsKey(lastOfXchange);
                });
        assertThat(told).anyMatch(UnmodifiedClientsIT::isWhole);
        for (JsonNode ticker : told) {
            Ticker then = Objects.requireNonNull(accepted.get(time(ticker)), ticker.toString());
            assertThat(fields(ticker, "last", "open", "high", "low", "baseVolume", "quoteVolume"))
                    .isEqualTo(
                            Stream.of(
                                            then.last().value(),
                                            then.open().value(),
                                            then.high().value(),
                                            then.low().value(),
                                            then.volume().value(),
                                            then.quoteVolume().value())
                                    .map(UnmodifiedClientsIT::rounded)
                                    .toList());
            if (isWhole(ticker)) {
                Ticker.Details details = Objects.requireNonNull(then.details());
                assertThat(fields(ticker, "bid", "ask", "change"))
                        .isEqualTo(
                                List.of(
                                        rounded(details.bid().value()),
                                        rounded(details.ask().value()),
                                        rounded(details.priceChange())));
            }
        }
        for (JsonNode ticker : xchange.all("ticker")) {
            Ticker then = accepted.get(ticker.get("closeTime").longValue());
            assertThat(then).as(ticker.toString()).isNotNull();
            assertThat(
                            List.of(
                                    plain(ticker.get("last")),
                                    plain(ticker.get("open")),
                                    plain(ticker.get("high")),
                                    plain(ticker.get("low")),
                                    plain(ticker.get("bid")),
                                    plain(ticker.get("ask")),
                                    plain(ticker.get("volume")),
                                    plain(ticker.get("quoteVolume"))))
                    .isEqualTo(values(then, then.quoteVolume().value()));
        }
    }

    /** By REST. What ccxt follows are miniTickers, which have no bid and no ask. */
    private static boolean isWhole(JsonNode ticker) {
        return ticker.has("bid");
    }

    private static long time(JsonNode ticker) {
        return ticker.get("timestamp").longValue();
    }

    /** JavaScript's numbers have sixteen digits. */
    private static String rounded(Decimal value) {
        return plain(new StringNode(Double.toString(value.toBigDecimal().doubleValue())));
    }

    private static List<String> fields(JsonNode of, String... names) {
        return Stream.of(names).map(name -> plain(of.get(name))).toList();
    }

    private static long closeTime(Ticker ticker) {
        return Objects.requireNonNull(ticker.details()).closeTime().toMillis();
    }

    private static List<String> values(Ticker ticker, Decimal more) {
        Ticker.Details details = Objects.requireNonNull(ticker.details());
        return List.of(
                plain(ticker.last().value()),
                plain(ticker.open().value()),
                plain(ticker.high().value()),
                plain(ticker.low().value()),
                plain(details.bid().value()),
                plain(details.ask().value()),
                plain(ticker.volume().value()),
                plain(more));
    }

    private static String plain(Decimal value) {
        return value.toBigDecimal().stripTrailingZeros().toPlainString();
    }

    /** Closed ones, by REST: they do not change between two questions. */
    @Test
    void candles_are_those_of_the_native_api() throws IOException, InterruptedException {
        JsonNode page =
                api.get("/v1/klines/binance/" + PAIR.replace("/", "") + "?limit=100").body();
        Map<Long, List<String>> closed = new TreeMap<>();
        for (JsonNode candle : page.get("items")) {
            if (candle.get("closed").asBoolean()) {
                closed.put(
                        Instant.parse(candle.get("openTime").asString()).toEpochMilli(),
                        List.of(
                                plain(candle.get("open")),
                                plain(candle.get("high")),
                                plain(candle.get("low")),
                                plain(candle.get("close")),
                                plain(candle.get("volume"))));
            }
        }
        for (ClientProcess.Told client : List.of(ccxt, xchange)) {
            JsonNode candles = client.first("candles");
            assertThat(candles.size()).isEqualTo(10);
            for (int i = 0; i < 9; i++) {
                assertThat(values(candles.get(i)))
                        .isEqualTo(closed.get(candles.get(i).get(0).longValue()));
            }
        }
        assertThat(ccxt.first("hours").size()).isEqualTo(3);
    }

    private static List<String> values(JsonNode candle) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            values.add(plain(candle.get(i)));
        }
        return values;
    }

    @Test
    void candles_that_are_streamed_are_those_that_were_accepted() {
        List<List<String>> told = new ArrayList<>();
        for (ClientProcess.Told client : List.of(ccxt, xchange)) {
            assertThat(client.all("candle")).hasSize(2);
            client.all("candle").forEach(candle -> told.add(values(candle)));
        }
        TopicReader.await(
                tapeline.bootstrap(),
                TOPICS.klines(),
                read ->
                        read.stream()
                                .filter(each -> isOfPair(each.key()))
                                .map(each -> values(each.value()))
                                .toList()
                                .containsAll(told));
    }

    private static List<String> values(Candle candle) {
        return List.of(
                plain(candle.open().value()),
                plain(candle.high().value()),
                plain(candle.low().value()),
                plain(candle.close().value()),
                plain(candle.volume().value()));
    }

    /** What the libraries take for a pair's rules is what they take of the exchange itself. */
    @Test
    void the_pairs_and_their_rules_are_the_exchanges() throws IOException, InterruptedException {
        try (Api itself = new Api(exchange.restUrl())) {
            JsonNode symbols = itself.get("/api/v3/exchangeInfo").body().get("symbols");
            assertThat(api.get("/api/v3/exchangeInfo").body().get("symbols")).isEqualTo(symbols);
            Map<String, JsonNode> rules = new HashMap<>();
            symbols.forEach(symbol -> rules.put(symbol.get("symbol").asString(), symbol));
            JsonNode markets = ccxt.first("markets");
            assertThat(markets.size()).isEqualTo(rules.size());
            for (JsonNode market : markets) {
                JsonNode symbol = Objects.requireNonNull(rules.get(market.get("id").asString()));
                JsonNode price = symbol.get("filters").get(0);
                assertThat(market.get("active").asBoolean()).isTrue();
                assertThat(plain(market.get("precision").get("price")))
                        .isEqualTo(plain(price.get("tickSize")));
                assertThat(plain(market.get("limits").get("price").get("max")))
                        .isEqualTo(plain(price.get("maxPrice")));
            }
            JsonNode lot =
                    Objects.requireNonNull(rules.get(PAIR.replace("/", "")), PAIR)
                            .get("filters")
                            .get(1);
            JsonNode ofXchange = xchange.first("rules");
            assertThat(plain(ofXchange.get("minimumAmount"))).isEqualTo(plain(lot.get("minQty")));
            assertThat(plain(ofXchange.get("amountStepSize")))
                    .isEqualTo(plain(lot.get("stepSize")));
            assertThat(xchange.first("markets").valueStream().map(JsonNode::asString))
                    .contains(PAIR);
        }
    }
}
