package io.tapeline.query.record;

import io.tapeline.query.consume.PartitionReader;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.duckdb.DuckDbHistoryStore;
import io.tapeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Recording alone, in a process that a test can kill. */
final class RecorderProcess {

    /** Printed, as a line, when a batch has been written. */
    static final String FIRST_BATCH = "the first batch is written";

    private RecorderProcess() {}

    public static void main(String[] args) throws InterruptedException {
        HistoryStore store = DuckDbHistoryStore.open(Path.of(args[2]), "128MB");
        RecordingCounts counts = counts();
        readers(args[0], args[1], Integer.parseInt(args[3]), store, counts).start();
        while (counts.batches() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println(FIRST_BATCH);
        new CountDownLatch(1).await();
    }

    static RecordingCounts counts() {
        return new RecordingCounts();
    }

    /** Small batches: many chances to be killed between them. */
    static Readers readers(
            String bootstrap,
            String prefix,
            int partitions,
            HistoryStore store,
            RecordingCounts counts) {
        Topics topics = new Topics(prefix);
        Recording recording =
                new Recording(
                        store,
                        new KafkaDeadLetters(bootstrap, topics.deadLetters()),
                        counts,
                        new PartitionReader.Batching(50, Duration.ofMillis(50), 1),
                        Clock.systemUTC());
        return new Readers(bootstrap, topics, partitions, (short) 1, List.of(recording::reader));
    }
}
