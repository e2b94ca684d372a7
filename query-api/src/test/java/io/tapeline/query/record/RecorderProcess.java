package io.tapeline.query.record;

import io.tapeline.query.consume.PartitionReader;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.clickhouse.ClickHouseSettings;
import io.tapeline.query.history.duckdb.DuckDbHistoryStore;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Recording alone, in a process that a test can kill: {@code BOOTSTRAP PREFIX PARTITIONS BATCH
 * duckdb DIRECTORY} or {@code ... clickhouse URL DATABASE}.
 */
final class RecorderProcess {

    /** Printed, as a line, when a batch has been written. */
    private static final String FIRST_BATCH = "the first batch is written";

    private RecorderProcess() {}

    public static void main(String[] args) throws InterruptedException {
        RecordingCounts counts = new RecordingCounts();
        readers(
                        args[0],
                        args[1],
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        store(List.of(args).subList(4, args.length)),
                        counts)
                .start();
        while (counts.batches() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println(FIRST_BATCH);
        new CountDownLatch(1).await();
    }

    private static HistoryStore store(List<String> words) {
        return words.getFirst().equals("duckdb")
                ? DuckDbHistoryStore.open(Path.of(words.get(1)), "128MB")
                : new ClickHouseHistoryStore(
                        new ClickHouseSettings(
                                URI.create(words.get(1)),
                                "default",
                                "",
                                words.get(2),
                                Duration.ofSeconds(20),
                                Keep.FOR_EVER));
    }

    /** Starts one; what it does not know yet, it says on standard output. */
    static Process start(
            String bootstrap, String prefix, int partitions, int batch, String... store)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RecorderProcess.class.getName(),
                                bootstrap,
                                prefix,
                                Integer.toString(partitions),
                                Integer.toString(batch)));
        command.addAll(List.of(store));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /**
     * Returns when the process has written a batch.
     *
     * @return false if it ended before it did
     */
    static boolean awaitFirstBatch(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.equals(FIRST_BATCH)) {
            line = output.readLine();
        }
        return line != null;
    }

    static Readers readers(
            String bootstrap,
            String prefix,
            int partitions,
            int batch,
            HistoryStore store,
            RecordingCounts counts) {
        Topics topics = new Topics(prefix);
        KafkaAccess kafka = KafkaAccess.of(bootstrap);
        Recording recording =
                new Recording(
                        store,
                        new KafkaDeadLetters(kafka, topics.deadLetters()),
                        counts,
                        new PartitionReader.Batching(batch, Duration.ofMillis(50), 1),
                        Clock.systemUTC());
        return new Readers(kafka, topics, partitions, (short) 1, List.of(recording::reader));
    }
}
