package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.TopicReader;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording played at fifty times its speed through two lines, one of which drops, doubles,
 * shuffles and delays events and dies now and then: the clean result is that of one good line.
 */
class TwoLinesReplayIT {

    private static final int SPEED = 50;

    @TempDir Path dir;

    /** What consumers of the clean topics got. */
    private record Clean(List<BookEvent> books, List<Candle> closedCandles) {}

    @TestFactory
    Stream<DynamicTest> a_faulty_second_line_changes_nothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Path synthetic = dir.resolve("synthetic.gz");
        SyntheticRecording.write(synthetic, seed, "BTCUSDT", 2_400);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("synthetic", () -> compare(List.of(synthetic), seed)));
        Path recorded = RecordedData.folder().resolve("binance-spot-btcusdt");
        if (Files.isDirectory(recorded)) {
            List<Path> files =
                    List.of(
                            recorded.resolve("btcusdt_20240808.gz"),
                            recorded.resolve("btcusdt_20240809.gz"));
            tests.add(DynamicTest.dynamicTest("recorded", () -> compare(files, seed)));
        }
        return tests.stream();
    }

    private void compare(List<Path> files, long seed) throws Exception {
        Clean one = play(files, "a", List.of());
        int random = new Random(seed).nextInt(1, 1_000_000);
        Clean two =
                play(
                        files,
                        "a,b",
                        List.of(
                                "0s gap connection=newest chance=3 for=1h seed=" + random,
                                "0s duplicate connection=newest chance=5 for=1h seed=" + random,
                                "1s reorder connection=newest window=4 for=3s seed=" + random,
                                "4s delay connection=newest by=300ms for=2s",
                                "6s drop connection=newest how=reset",
                                "8s stall connection=newest for=2s"));
        assertThat(two.closedCandles).isEqualTo(one.closedCandles);
        assertThat(two.books).isEqualTo(one.books);
    }

    private Clean play(List<Path> files, String lines, List<String> faults) throws Exception {
        RecordedMarket market = RecordedMarket.read(files);
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        try (SimulatedExchange exchange =
                        SimulatedExchange.start(
                                SimulatorSettings.of(
                                        Source.Replay.of(files.toArray(Path[]::new))
                                                .withSpeed(SPEED)));
                Standalone tapeline = Standalone.start(Mode.LIVE, settings(exchange, lines));
                Api api = new Api(tapeline.api())) {
            if (!faults.isEmpty()) {
                awaitConnections(exchange, 2);
                inject(exchange, faults);
            }
            long last = market.diffIds().lastEntry().getValue();
            api.await(
                    "/v1/books/binance/BTCUSDT?depth=1",
                    book -> book.path("updateId").asLong() == last);
            api.await(
                    ApiValues.klinesPath(market.completeCandles()),
                    page ->
                            ApiValues.candles(page, market.completeCandles().keySet())
                                    .equals(market.completeCandles()));
            List<BookEvent> books =
                    TopicReader.await(
                                    tapeline.bootstrap(),
                                    topics.depth(),
                                    records ->
                                            !records.isEmpty()
                                                    && records.getLast().value()
                                                            instanceof BookEvent.Delta delta
                                                    && delta.finalUpdateId() == last)
                            .stream()
                            .map(ConsumerRecord::value)
                            .map(TwoLinesReplayIT::timeless)
                            .toList();
            List<Candle> closed =
                    TopicReader.readAll(tapeline.bootstrap(), topics.klines()).stream()
                            .map(ConsumerRecord::value)
                            .filter(Candle::closed)
                            .filter(candle ->
                                    market.completeCandles()
                                            .containsKey(candle.openTime().value() / 1_000))
                            .toList();
            System.out.printf(
                    "lines %s: %d book events, %d closed candles%n",
                    lines, books.size(), closed.size());
            return new Clean(books, closed);
        }
    }

    /** A reset's time is when its snapshot was received: no two runs share it. */
    private static BookEvent timeless(BookEvent event) {
        return switch (event) {
            case BookEvent.Reset reset ->
                    new BookEvent.Reset(
                            reset.instrument(),
                            new EpochMicros(0),
                            reset.updateId(),
                            reset.bids(),
                            reset.asks(),
                            reset.bidsComplete(),
                            reset.asksComplete(),
                            reset.reason());
            case BookEvent.Delta _, BookEvent.Lost _ -> event;
        };
    }

    private Map<String, String> settings(SimulatedExchange exchange, String lines)
            throws IOException {
        return Map.of(
                "tapeline.data-dir",
                Files.createTempDirectory(dir, "tapeline").toString(),
                "tapeline.kafka.port",
                "0",
                "tapeline.http-port",
                "0",
                "tapeline.ingestor.lines",
                lines,
                "tapeline.deribit.ws-url",
                "",
                "tapeline.coingecko.url",
                "",
                "tapeline.binance.rest-url",
                exchange.restUrl().toString(),
                "tapeline.binance.ws-url",
                exchange.wsUrl().toString());
    }

    private static void awaitConnections(SimulatedExchange exchange, int wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (exchange.connections().size() < wanted) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void inject(SimulatedExchange exchange, List<String> faults)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(exchange.restUrl() + "/sim/faults"))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    String.join("\n", faults)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        }
    }
}
