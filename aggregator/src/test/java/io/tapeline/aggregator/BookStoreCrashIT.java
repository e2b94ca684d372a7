package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.LevelsCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An aggregator is killed at random points of the flow and started again, over its local state and
 * without any: readers of committed records see exactly what a flow without crashes tells, of
 * depth, candles, tickers, prices and gaps, nothing twice and nothing missing, and the books are
 * the same. It would not be so if the book store wrote its changelog outside of the transaction, or
 * restored anything else than what was committed.
 */
@KafkaTest
class BookStoreCrashIT {

    private static final int PARTITIONS = 2;
    private static final int INSTRUMENTS = 6;
    private static final long SEED = 20_261_121;

    @TempDir Path directory;

    @Test
    void crashesLeaveNoTraceInTheCleanTopicNorInTheBooks(KafkaCluster kafka) throws Exception {
        String prefix = kafka.uniquePrefix();
        Topics topics = new Topics(prefix);
        TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
        Random random = new Random(SEED);
        AtomicBoolean feeding = new AtomicBoolean(true);
        try (RawFeed feed = new RawFeed(kafka.bootstrap(), topics)) {
            RawMarket market = new RawMarket(SEED, INSTRUMENTS);
            Thread feeder = Thread.ofPlatform().start(() -> feed(feed, market, feeding));
            Path[] dataDirs = {
                directory.resolve("first"), directory.resolve("first"), directory.resolve("other")
            };
            for (Path dataDir : dataDirs) {
                try (AggregatorProcess aggregator =
                        AggregatorProcess.start(kafka.bootstrap(), prefix, PARTITIONS, dataDir)) {
                    int before = committed(kafka, topics);
                    Await.untilTrue(
                            "progress after a start, seed " + SEED,
                            () -> committed(kafka, topics) > before + 200);
                    LockSupport.parkNanos(random.nextLong(400_000_000));
                    aggregator.kill();
                }
            }
            feeding.set(false);
            feeder.join();
        }
        assertSameAsWithoutCrashes(kafka, topics, prefix);
    }

    static void feed(RawFeed feed, RawMarket market, AtomicBoolean feeding) {
        RawCandles candles = new RawCandles(SEED);
        while (feeding.get()) {
            candles.next(feed);
            for (int i = 0; i < 20; i++) {
                RawMarket.Message next = market.next();
                if (next.snapshot()) {
                    feed.snapshot(next.instrument(), next.payload());
                } else {
                    feed.depth(next.instrument(), next.payload());
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
        feed.flush();
    }

    private static int committed(KafkaCluster kafka, Topics topics) {
        return Records.committed(kafka.bootstrap(), topics.depth().name()).size();
    }

    private void assertSameAsWithoutCrashes(KafkaCluster kafka, Topics topics, String prefix)
            throws Exception {
        ReferenceBooks reference =
                ReferenceBooks.of(Records.committed(kafka.bootstrap(), topics.rawDepth().name()));
        int expected = reference.events().values().stream().mapToInt(List::size).sum();
        AggregatorSettings settings =
                AggregatorSettings.of(kafka.bootstrap(), directory.resolve("first"))
                        .withTopics(prefix, PARTITIONS)
                        .withReordering(Duration.ZERO);
        try (Aggregator aggregator = Aggregator.start(settings);
                InternalApi api = new InternalApi(aggregator.address())) {
            Await.untilTrue(
                    "all of the flow, seed " + SEED, () -> committed(kafka, topics) >= expected);
            assertThat(events(kafka, topics)).as("seed %s", SEED).isEqualTo(reference.events());
            assertThat(Records.committed(kafka.bootstrap(), topics.deadLetters().name()))
                    .as("seed %s", SEED)
                    .hasSize(reference.dead());
            assertSameCandlesTickersPricesAndGaps(kafka, topics, settings, reference);
            for (SynchronisedBook book : reference.books().values()) {
                BookAnswer answer =
                        api.find(
                                "/books/binance/" + book.instrument().symbol() + "?depth=5000",
                                BookAnswer.parser());
                assertThat(answer).isNotNull();
                SynchronisedBook.View view = book.current();
                assertThat(answer.getTrust().getUpdateId()).isEqualTo(view.book().updateId());
                assertThat(answer.getTrust().getOffset()).isEqualTo(view.source().offset());
                assertThat(LevelsCodec.fromProto(answer.getBids()))
                        .isEqualTo(view.book().top(Side.BID, 5_000));
                assertThat(LevelsCodec.fromProto(answer.getAsks()))
                        .isEqualTo(view.book().top(Side.ASK, 5_000));
            }
        }
    }

    private void assertSameCandlesTickersPricesAndGaps(
            KafkaCluster kafka, Topics topics, AggregatorSettings settings, ReferenceBooks books)
            throws Exception {
        try (ReferenceFlow reference =
                new ReferenceFlow(topics, directory.resolve("reference"), settings)
                        .over(kafka.bootstrap())) {
            Map<String, List<Candle>> candles = reference.told(topics.klines());
            assertSame(kafka, topics.klines(), candles);
            assertSame(kafka, topics.tickers(), reference.told(topics.tickers()));
            assertSame(kafka, topics.prices(), reference.told(topics.prices()));
            Map<String, List<Gap>> gaps = new TreeMap<>(reference.told(topics.gaps()));
            gaps.putAll(books.gaps());
            assertThat(
                            ReferenceFlow.timeless(
                                    ReferenceFlow.committed(kafka.bootstrap(), topics.gaps())))
                    .as("gaps, seed %s", SEED)
                    .isEqualTo(ReferenceFlow.timeless(gaps));
            candles.values()
                    .forEach(each ->
                            assertThat(each.stream().filter(Candle::closed))
                                    .extracting(Candle::openTime)
                                    .as("closed once, seed %s", SEED)
                                    .doesNotHaveDuplicates()
                                    .isNotEmpty());
        }
    }

    /** No duplicate, no omission, the same order. */
    private static <V> void assertSame(
            KafkaCluster kafka, Topic<V> topic, Map<String, List<V>> expected) throws Exception {
        int count = expected.values().stream().mapToInt(List::size).sum();
        Await.untilTrue(
                count + " records of " + topic.name() + ", seed " + SEED,
                () -> Records.committed(kafka.bootstrap(), topic.name()).size() >= count);
        assertThat(ReferenceFlow.committed(kafka.bootstrap(), topic))
                .as("%s, seed %s", topic.name(), SEED)
                .isEqualTo(expected);
    }

    private static Map<String, List<BookEvent>> events(KafkaCluster kafka, Topics topics)
            throws Exception {
        Map<String, List<BookEvent>> events = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                Records.committed(kafka.bootstrap(), topics.depth().name())) {
            events.computeIfAbsent(
                            new String(record.key(), StandardCharsets.UTF_8),
                            each -> new ArrayList<>())
                    .add(topics.depth().codec().decode(record.value()));
        }
        return events;
    }
}
