package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookAnswers;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.LevelAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.QuoteAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.TickerAnswers;
import io.tapeline.schemas.proto.VolumeAnswer;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.LevelsCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KafkaTest
class AggregatorIT {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final int PARTITIONS = 2;

    @TempDir Path dataDir;

    @Test
    void answersWithTheBookThePriceTheTickerAndTheCandlesThatTheRawTopicsTell(KafkaCluster kafka)
            throws Exception {
        Topics topics = new Topics(kafka.uniquePrefix());
        AggregatorSettings settings = settings(kafka, topics, dataDir);
        try (Aggregator aggregator = Aggregator.start(settings);
                RawFeed feed = new RawFeed(kafka.bootstrap(), topics);
                InternalApi api = new InternalApi(aggregator.address())) {
            feed.depth(BTC, Payloads.update("BTCUSDT", 9, 10, List.of("99.0 7"), List.of()));
            feed.snapshot(
                    BTC,
                    Payloads.snapshot(
                            10, List.of("100.10 1.5", "100.00 2"), List.of("100.20 3", "101 0.5")));
            feed.depth(
                    BTC,
                    Payloads.update("BTCUSDT", 11, 12, List.of("100.10 0", "100.05 4"), List.of()));
            feed.ticker(
                    BTC, Payloads.ticker("BTCUSDT", 1_700_000_000_500L, "100.1", "100", "100.2"));
            feed.kline(
                    BTC,
                    Payloads.kline("BTCUSDT", 1_699_999_980_000L, 1_700_000_001_000L, "11", false));
            feed.flush();

            BookAnswer book =
                    Await.until(
                            "the book of update 12, live",
                            () -> {
                                BookAnswer answer =
                                        api.find("/books/binance/BTCUSDT", BookAnswer.parser());
                                return answer != null
                                                && answer.getTrust().getUpdateId() == 12
                                                && answer.getTrust().getState().equals("LIVE")
                                        ? answer
                                        : null;
                            });
            assertThat(LevelsCodec.fromProto(book.getBids()))
                    .hasToString("[100.05 x 4, 100.00 x 2]");
            assertThat(LevelsCodec.fromProto(book.getAsks()))
                    .hasToString("[100.2 x 3.0, 101.0 x 0.5]");
            assertThat(book.getTrust().getOffset()).isEqualTo(2);
            assertThat(book.getTrust().getTopic()).isEqualTo(topics.rawDepth().name());

            LevelAnswer level =
                    api.find("/books/binance/BTCUSDT/levels/100.05", LevelAnswer.parser());
            assertThat(level).isNotNull();
            assertThat(level.getSide()).isEqualTo("bid");
            assertThat(level.getQuantity()).isEqualTo("4");

            VolumeAnswer volume =
                    api.find(
                            "/books/binance/BTCUSDT/volume?side=bid&price=100&operator=gte",
                            VolumeAnswer.parser());
            assertThat(volume).isNotNull();
            assertThat(volume.getVolume()).isEqualTo("6");
            assertThat(volume.getTotal()).isEqualTo("600.2");
            assertThat(volume.getLevels()).isEqualTo(2);

            QuoteAnswer quote =
                    api.find(
                            "/books/binance/BTCUSDT/quote?side=buy&quantity=3.5",
                            QuoteAnswer.parser());
            assertThat(quote).isNotNull();
            assertThat(quote.getTotal()).isEqualTo("351.1");
            assertThat(quote.getWorstPrice()).isEqualTo("101");
            assertThat(quote.getComplete()).isTrue();

            PriceAnswer price =
                    Await.until(
                            "the price",
                            () -> api.find("/prices/binance/BTCUSDT", PriceAnswer.parser()));
            assertThat(price.getPrice().getSource()).isEqualTo("ticker");
            TickerAnswer ticker =
                    Await.until(
                            "the ticker",
                            () -> api.find("/tickers/binance/BTCUSDT", TickerAnswer.parser()));
            assertThat(ticker.getTicker().getEventTimeUs()).isEqualTo(1_700_000_000_500_000L);
            CandlesAnswer candles =
                    Await.until(
                            "the candle",
                            () ->
                                    api.find(
                                            "/candles/binance/BTCUSDT?interval=1m",
                                            CandlesAnswer.parser()));
            assertThat(candles.getItemsList()).hasSize(1);
            PriceAnswers prices =
                    Await.until(
                            "all prices, live",
                            () -> {
                                PriceAnswers all = api.find("/prices", PriceAnswers.parser());
                                return all != null && all.getPartitionsCount() == PARTITIONS
                                        ? all
                                        : null;
                            });
            assertThat(prices.getStalePartitionsList()).isEmpty();
            assertThat(prices.getItemsList())
                    .extracting(PriceAnswer::getPrice)
                    .containsExactly(price.getPrice());

            TickerAnswers tickers =
                    Await.until(
                            "all tickers, live",
                            () -> {
                                TickerAnswers all = api.find("/tickers", TickerAnswers.parser());
                                return all != null && all.getPartitionsCount() == PARTITIONS
                                        ? all
                                        : null;
                            });
            assertThat(tickers.getItemsList())
                    .extracting(TickerAnswer::getTicker)
                    .containsExactly(ticker.getTicker());
            BookAnswers bests =
                    Await.until(
                            "the best of all books, live",
                            () -> {
                                BookAnswers all = api.find("/books", BookAnswers.parser());
                                return all != null && all.getPartitionsCount() == PARTITIONS
                                        ? all
                                        : null;
                            });
            BookAnswer best = api.find("/books/binance/BTCUSDT?depth=1", BookAnswer.parser());
            assertThat(bests.getItemsList()).containsExactly(best);

            AggregatorStatus status = api.find("/status", AggregatorStatus.parser());
            assertThat(status).isNotNull();
            assertThat(status.getState()).isEqualTo("RUNNING");
            assertThat(status.getCountersMap())
                    .containsEntry("depth.received", 3L)
                    .containsEntry("depth.applied", 1L)
                    .containsEntry("depth.buffered", 1L)
                    .containsEntry("depth.covered", 1L)
                    .containsEntry("snapshots.used", 1L);
        }
    }

    @Test
    void saysWhatIsWrongWithAQuestion(KafkaCluster kafka) throws Exception {
        Topics topics = new Topics(kafka.uniquePrefix());
        try (Aggregator aggregator = Aggregator.start(settings(kafka, topics, dataDir));
                InternalApi api = new InternalApi(aggregator.address())) {
            Await.untilTrue(
                    "restored", () -> api.get("/books/binance/BTCUSDT").statusCode() != 503);

            assertThat(api.get("/books/binance/BTCUSDT").statusCode()).isEqualTo(404);
            assertThat(api.get("/nothing").statusCode()).isEqualTo(404);
            var refused = api.get("/books/binance/BTCUSDT?depth=0");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .isEqualTo("depth: \"0\" is not allowed; allowed: 1 to 5000");
            assertThat(api.get("/books/nowhere/BTCUSDT").statusCode()).isEqualTo(400);
            assertThat(api.get("/candles/binance/BTCUSDT?interval=2m").statusCode()).isEqualTo(400);
            assertThat(api.get("/books/binance/BTCUSDT/levels/abc").statusCode()).isEqualTo(400);
            assertThat(api.get("/books/binance/%E5%B8%81%E5%AE%89USDT").statusCode())
                    .isEqualTo(404);
        }
    }

    static AggregatorSettings settings(KafkaCluster kafka, Topics topics, Path dataDir) {
        String prefix = topics.rawDepth().name().replace("raw.depth", "");
        return AggregatorSettings.of(kafka.bootstrap(), dataDir).withTopics(prefix, PARTITIONS);
    }
}
