package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.market.BookEvent;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The tutorial's programs, in three languages over three clients of Kafka: what each makes of the
 * topics is what the API answers and what the aggregator told, to the last digit.
 */
class ExamplesIT {

    private static final String INSTRUMENT = "binance:BTCUSDT";
    private static final int CANDLES = 5;
    private static final int CHANGES = 50;
    private static final int LEVELS = 5;
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    @TempDir private static Path dir;

    private static SimulatedExchange exchange;
    private static Standalone tapeline;
    private static Api api;
    private static final Map<String, List<String>> candles = new HashMap<>();
    private static final Map<String, List<String>> books = new HashMap<>();

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(2)
                                        .withEventsPerSecond(60)
                                        .withHistory(Duration.ofHours(1))));
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
        Path classes = ExampleProgram.compileJava(dir);
        Path modules = ExampleProgram.compilePython(dir);
        List<String> forCandles =
                List.of(tapeline.bootstrap(), INSTRUMENT, Integer.toString(CANDLES));
        List<String> forBook = List.of(tapeline.bootstrap(), INSTRUMENT, Integer.toString(CHANGES));
        // At the same time: they wait more than they compute.
        try (ExampleProgram javaCandles = ExampleProgram.java(dir, classes, "candles", forCandles);
                ExampleProgram javaBook = ExampleProgram.java(dir, classes, "book", forBook);
                ExampleProgram pythonCandles =
                        ExampleProgram.python(dir, modules, "candles", forCandles);
                ExampleProgram pythonBook = ExampleProgram.python(dir, modules, "book", forBook);
                ExampleProgram nodeCandles = ExampleProgram.node(dir, "candles", forCandles);
                ExampleProgram nodeBook = ExampleProgram.node(dir, "book", forBook)) {
            candles.put("java", javaCandles.lines());
            candles.put("python", pythonCandles.lines());
            candles.put("node", nodeCandles.lines());
            books.put("java", javaBook.lines());
            books.put("python", pythonBook.lines());
            books.put("node", nodeBook.lines());
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
    void the_candles_of_every_program_are_those_of_the_api()
            throws IOException, InterruptedException {
        List<String> told = candles.get("java");
        assertThat(told).hasSize(CANDLES);
        assertThat(candles).isEqualTo(Map.of("java", told, "python", told, "node", told));
        String first = told.stream().map(ExamplesIT::openTime).min(String::compareTo).orElseThrow();
        JsonNode page =
                api.await(
                        "/v1/klines/binance/BTCUSDT?interval=1m&limit=100&from=" + first,
                        answer -> answer.get("items").size() >= CANDLES);
        List<String> answered = page.get("items").valueStream().map(ExamplesIT::line).toList();
        assertThat(answered).containsAll(told);
    }

    private static String openTime(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static String line(JsonNode candle) {
        List<String> words =
                new ArrayList<>(
                        List.of(Instant.parse(candle.get("openTime").asString()).toString()));
        for (String field : List.of("open", "high", "low", "close", "volume")) {
            words.add(ApiValues.plain(candle.get(field)).toPlainString());
        }
        return String.join(" ", words);
    }

    @Test
    void the_book_of_every_program_is_what_the_aggregator_told() {
        List<String> told = new ArrayList<>();
        NaiveBook book = new NaiveBook();
        int changes = 0;
        for (ConsumerRecord<String, BookEvent> each :
                TopicReader.readAll(tapeline.bootstrap(), TOPICS.depth())) {
            if (each.key().equals(INSTRUMENT) && changes < CHANGES) {
                book.apply(each.value());
                if (each.value() instanceof BookEvent.Delta) {
                    changes++;
                }
            }
        }
        told.add("updateId " + book.updateId());
        tell(told, "bid", book.bids());
        tell(told, "ask", book.asks());
        assertThat(books).isEqualTo(Map.of("java", told, "python", told, "node", told));
    }

    private static void tell(
            List<String> told, String name, NavigableMap<BigDecimal, BigDecimal> side) {
        side.entrySet().stream()
                .limit(LEVELS)
                .forEach(level ->
                        told.add(
                                name
                                        + " "
                                        + level.getKey().toPlainString()
                                        + " "
                                        + level.getValue().toPlainString()));
    }
}
