package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.ExchangeValues;
import io.tapeline.chaos.judge.TopicReader;
import io.tapeline.exchange.Progress;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole of Tapeline, a process of its own, dies without a word while the exchange goes on, and
 * is started again: what it answers then is what the exchange has, and nothing is in the history
 * twice. At the last start the market is over: no later event would show what was missed.
 */
class KilledStandaloneIT {

    private static final int KILLS = 2;
    private static final int DIFFS = 2_400;
    private static final int SPEED = 6;

    @TempDir Path dir;

    @Test
    void after_kills_the_answers_are_the_exchanges_and_nothing_is_twice() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path recording = dir.resolve("recording.gz");
        SyntheticRecording.write(recording, seed, "BTCUSDT", DIFFS);
        RecordedMarket market = RecordedMarket.read(List.of(recording));
        try (SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(Source.Replay.of(recording).withSpeed(SPEED)))) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (StandaloneProcess process =
                                StandaloneProcess.start(dir.resolve("data"), exchange);
                        Api api = new Api(process.api())) {
                    awaitLive(api);
                    LockSupport.parkNanos(
                            Duration.ofMillis(1_000 + random.nextInt(3_000)).toNanos());
                    process.kill();
                }
            }
            awaitEnd(exchange);
            try (StandaloneProcess process =
                            StandaloneProcess.start(dir.resolve("data"), exchange);
                    Api api = new Api(process.api())) {
                long last = market.diffIds().lastEntry().getValue();
                JsonNode book =
                        api.await(
                                "/v1/books/binance/BTCUSDT?depth=5000",
                                answer ->
                                        answer.path("state").asString().equals("LIVE")
                                                && answer.path("updateId").asLong() == last);
                JsonNode truth = JsonMapper.shared().readTree(exchange.book("BTCUSDT"));
                assertThat(ExchangeValues.sidesWithin(book, book.get("range")))
                        .isEqualTo(ExchangeValues.sidesWithin(truth, book.get("range")));
                assertLevelsAre(truth, book);
                api.await(
                        "/v1/prices/binance/BTCUSDT",
                        price ->
                                ExchangeValues.plain(price.get("price"))
                                        .equals(market.lastPrice()));
                api.await(
                        ApiValues.klinesPath(market.completeCandles()),
                        candles ->
                                ApiValues.candles(candles, market.completeCandles().keySet())
                                        .equals(market.completeCandles()));
                assertNothingIsTwice(process.bootstrap(), api, market);
            }
        }
    }

    private static void awaitLive(Api api) throws Exception {
        api.await(
                "/v1/books/binance/BTCUSDT?depth=1",
                answer -> answer.path("state").asString().equals("LIVE"));
    }

    /** Beyond its range a book may lack levels, but holds none that is not. */
    private static void assertLevelsAre(JsonNode truth, JsonNode book) {
        for (int side = 0; side < 2; side++) {
            assertThat(ExchangeValues.sides(truth).get(side))
                    .containsAll(ExchangeValues.sides(book).get(side));
        }
    }

    private static void awaitEnd(SimulatedExchange exchange) {
        while (exchange.progress().state() != Progress.State.FINISHED) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Each closed candle once in the clean topic, each price once in the history. */
    private static void assertNothingIsTwice(String bootstrap, Api api, RecordedMarket market)
            throws Exception {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        assertThat(TopicReader.readAll(bootstrap, topics.klines()))
                .extracting(ConsumerRecord::value)
                .filteredOn(Candle::closed)
                .extracting(Candle::openTime)
                .isNotEmpty()
                .doesNotHaveDuplicates();
        JsonNode history =
                api.await(
                        "/v1/prices/binance/BTCUSDT/history?order=desc&limit=1000",
                        prices -> !prices.get("items").isEmpty());
        assertThat(
                        history.get("items")
                                .valueStream()
                                .map(price -> price.get("eventTime").asString()))
                .doesNotHaveDuplicates();
        assertThat(
                        ApiValues.openTimes(
                                api.await(
                                        ApiValues.klinesPath(market.completeCandles()),
                                        candles -> true)))
                .doesNotHaveDuplicates();
    }
}
