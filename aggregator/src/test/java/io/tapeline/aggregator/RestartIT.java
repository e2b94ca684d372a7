package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.LevelsCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restart over local state restores the tail of the books' changelog alone: what came after the
 * last snapshot, and all of it where the local state is damaged or none. The books are the same
 * each time.
 */
@KafkaTest
class RestartIT {

    private static final int PARTITIONS = 2;
    private static final int INSTRUMENTS = 6;
    private static final long SEED = 20_261_122;
    private static final String RESTORED = "restored.books";
    private static final String LOADED = "book-snapshots.loaded";
    private static final String DAMAGED = "book-snapshots.damaged";

    @TempDir Path directory;

    @Test
    void onlyTheTailIsRestoredOverLocalState(KafkaCluster kafka) throws Exception {
        String prefix = kafka.uniquePrefix();
        Topics topics = new Topics(prefix);
        TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
        Path local = directory.resolve("local");
        feedAndKill(kafka, topics, prefix, local);
        ReferenceBooks reference =
                ReferenceBooks.of(Records.committed(kafka.bootstrap(), topics.rawDepth().name()));

        Map<String, Long> afterKill = restart(kafka, prefix, local, reference);
        Map<String, Long> inOrder = restart(kafka, prefix, local, reference);
        damage(snapshots(local).getFirst());
        Map<String, Long> damaged = restart(kafka, prefix, local, reference);
        Map<String, Long> without = restart(kafka, prefix, directory.resolve("none"), reference);

        long all = without.getOrDefault(RESTORED, 0L);
        System.out.printf(
                "restored records: %d without local state, %d after a kill, %d after an end in"
                        + " order, %d with one of %d snapshots damaged%n",
                all,
                afterKill.get(RESTORED),
                inOrder.get(RESTORED),
                damaged.get(RESTORED),
                PARTITIONS);
        assertThat(afterKill.get(RESTORED)).isBetween(1L, all / 2);
        assertThat(afterKill.get(LOADED)).isPositive();
        assertThat(afterKill).containsEntry(DAMAGED, 0L);
        assertThat(inOrder.get(RESTORED)).isLessThan(all);
        assertThat(inOrder.get(LOADED)).isPositive();
        assertThat(inOrder).containsEntry(DAMAGED, 0L);
        assertThat(damaged.get(RESTORED)).isBetween(1L, all - 1);
        assertThat(damaged.get(DAMAGED)).isPositive();
        assertThat(without).containsEntry(LOADED, 0L).containsEntry(DAMAGED, 0L);
    }

    private void feedAndKill(KafkaCluster kafka, Topics topics, String prefix, Path local)
            throws Exception {
        AtomicBoolean feeding = new AtomicBoolean(true);
        try (RawFeed feed = new RawFeed(kafka.bootstrap(), topics);
                AggregatorProcess aggregator =
                        AggregatorProcess.start(kafka.bootstrap(), prefix, PARTITIONS, local)) {
            RawMarket market = new RawMarket(SEED, INSTRUMENTS);
            Thread feeder =
                    Thread.ofPlatform().start(() -> BookStoreCrashIT.feed(feed, market, feeding));
            Await.untilTrue("a snapshot each", () -> snapshots(local).size() == PARTITIONS);
            long first = System.currentTimeMillis();
            Await.untilTrue("another one each", () -> areAllNewerThan(first, snapshots(local)));
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            aggregator.kill();
            feeding.set(false);
            feeder.join();
        }
    }

    private static List<Path> snapshots(Path local) throws IOException {
        if (!Files.exists(local)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(local)) {
            return files.filter(each -> each.endsWith(Path.of("books", "snapshot"))).toList();
        }
    }

    private static boolean areAllNewerThan(long millis, List<Path> files) throws IOException {
        for (Path each : files) {
            if (Files.getLastModifiedTime(each).toMillis() <= millis) {
                return false;
            }
        }
        return true;
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Starts, compares the books with the reference, ends in order, and tells what was counted. */
    private static Map<String, Long> restart(
            KafkaCluster kafka, String prefix, Path dataDir, ReferenceBooks reference)
            throws Exception {
        AggregatorSettings settings =
                AggregatorSettings.of(kafka.bootstrap(), dataDir)
                        .withTopics(prefix, PARTITIONS)
                        .withReordering(Duration.ZERO);
        try (Aggregator aggregator = Aggregator.start(settings);
                InternalApi api = new InternalApi(aggregator.address())) {
            for (SynchronisedBook book : reference.books().values()) {
                SynchronisedBook.View view = book.current();
                BookAnswer answer =
                        Await.until(
                                "the newest book of " + book.instrument() + ", seed " + SEED,
                                () -> {
                                    BookAnswer now =
                                            api.find(
                                                    "/books/binance/"
                                                            + book.instrument().symbol()
                                                            + "?depth=5000",
                                                    BookAnswer.parser());
                                    return now != null
                                                    && now.getTrust().getOffset()
                                                            == view.source().offset()
                                            ? now
                                            : null;
                                });
                assertThat(answer.getTrust().getUpdateId()).isEqualTo(view.book().updateId());
                assertThat(LevelsCodec.fromProto(answer.getBids()))
                        .isEqualTo(view.book().top(Side.BID, 5_000));
                assertThat(LevelsCodec.fromProto(answer.getAsks()))
                        .isEqualTo(view.book().top(Side.ASK, 5_000));
            }
            return Await.until("the status", () -> api.find("/status", AggregatorStatus.parser()))
                    .getCountersMap();
        }
    }
}
