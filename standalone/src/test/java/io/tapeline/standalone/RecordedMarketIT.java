package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.ExchangeValues;
import io.tapeline.chaos.judge.NaiveBook;
import io.tapeline.chaos.judge.NaiveBook.Top;
import io.tapeline.chaos.judge.TopicReader;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A recording played by the simulated exchange, through the whole of Tapeline: its books are held
 * against the recording's own {@code bookTicker}s at each diff, its candles against its trades. A
 * synthetic recording always, a real one where it lies beside the repository.
 */
class RecordedMarketIT {

    /**
     * In the real recording the price leaves what the snapshot covered, twice (its own description
     * says so).
     */
    private static final int KNOWN_DIFFERENCES = 2;

    private static final int SPEED = 40;

    @TempDir Path dir;

    @TestFactory
    Stream<DynamicTest> books_and_candles_equal_the_recordings() throws Exception {
        Path synthetic = dir.resolve("synthetic.gz");
        SyntheticRecording.write(synthetic, 20_261_121, "BTCUSDT", 2_400);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("synthetic", () -> play(List.of(synthetic), 0)));
        Path recorded = RecordedData.folder().resolve("binance-spot-btcusdt");
        if (Files.isDirectory(recorded)) {
            List<Path> files =
                    List.of(
                            recorded.resolve("btcusdt_20240808.gz"),
                            recorded.resolve("btcusdt_20240809.gz"));
            tests.add(DynamicTest.dynamicTest("recorded", () -> play(files, KNOWN_DIFFERENCES)));
        }
        return tests.stream();
    }

    private static SimulatedExchange replay(List<Path> files) throws IOException {
        return SimulatedExchange.start(
                SimulatorSettings.of(
                        Source.Replay.of(files.toArray(Path[]::new)).withSpeed(SPEED)));
    }

    private Map<String, String> settings(SimulatedExchange exchange) throws IOException {
        return Map.of(
                "tapeline.data-dir", Files.createTempDirectory(dir, "tapeline").toString(),
                "tapeline.kafka.port", "0",
                "tapeline.http-port", "0",
                "tapeline.binance.rest-url", exchange.restUrl().toString(),
                "tapeline.binance.ws-url", exchange.wsUrl().toString(),
                "tapeline.deribit.ws-url", "",
                "tapeline.coingecko.url", "");
    }

    private void play(List<Path> files, int knownDifferences) throws Exception {
        RecordedMarket market = RecordedMarket.read(files);
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        try (SimulatedExchange exchange = replay(files);
                Standalone tapeline = Standalone.start(Mode.LIVE, settings(exchange));
                Api api = new Api(tapeline.api())) {
            long last = market.diffIds().lastEntry().getValue();
            JsonNode answer =
                    api.await(
                            "/v1/books/binance/BTCUSDT?depth=5000",
                            book -> book.path("updateId").asLong() == last);

            List<BookEvent> events = events(tapeline, topics, last);
            NaiveBook book = compareEachDiff(market, events, knownDifferences);
            assertThat(ExchangeValues.sides(answer))
                    .isEqualTo(
                            List.of(
                                    List.copyOf(book.bids().entrySet()),
                                    List.copyOf(book.asks().entrySet())));
            assertThat(TopicReader.readAll(tapeline.bootstrap(), topics.gaps()))
                    .extracting(ConsumerRecord::value)
                    .filteredOn(gap -> gap.getKind() != GapKind.GAP_KIND_CANDLES)
                    .isEqualTo(List.<Gap>of());
            assertThat(TopicReader.readAll(tapeline.bootstrap(), topics.deadLetters())).isEmpty();
            JsonNode candles =
                    api.await(
                            ApiValues.klinesPath(market.completeCandles()),
                            page ->
                                    ApiValues.candles(page, market.completeCandles().keySet())
                                                    .size()
                                            == market.completeCandles().size());
            assertThat(ApiValues.candles(candles, market.completeCandles().keySet()))
                    .isEqualTo(market.completeCandles());
        }
    }

    /**
     * What the clean topic tells, once it tells the given update: questions see a change at once,
     * readers of committed records a commit later.
     */
    private static List<BookEvent> events(Standalone tapeline, Topics topics, long last) {
        return TopicReader.await(
                        tapeline.bootstrap(),
                        topics.depth(),
                        records ->
                                !records.isEmpty()
                                        && records.getLast().value()
                                                instanceof BookEvent.Delta delta
                                        && delta.finalUpdateId() == last)
                .stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    /**
     * The events must be one reset at the recorded snapshot and then every later diff, each
     * following the one before.
     */
    private static NaiveBook compareEachDiff(
            RecordedMarket market, List<BookEvent> events, int knownDifferences) {
        NaiveBook book = new NaiveBook();
        int resets = 0;
        int compared = 0;
        int crossed = 0;
        List<String> differences = new ArrayList<>();
        for (BookEvent event : events) {
            book.apply(event);
            resets += event instanceof BookEvent.Delta ? 0 : 1;
            if (event instanceof BookEvent.Delta delta
                    && delta.finalUpdateId() > market.snapshotId()) {
                Top told = market.topAt(delta.finalUpdateId()).getValue();
                compared++;
                crossed += book.isCrossed() ? 1 : 0;
                if (!told.equals(book.top())) {
                    differences.add(
                            delta.finalUpdateId() + ": told " + told + ", held " + book.top());
                }
            }
        }
        assertThat(resets).as("resets").isEqualTo(1);
        assertThat(compared).as("comparisons").isEqualTo((int) market.diffsAfterTheSnapshot());
        assertThat(crossed).as("crossed books").isZero();
        assertThat(differences).as("differences").hasSize(knownDifferences);
        return book;
    }
}
