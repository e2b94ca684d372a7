package io.tapeline.query.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.clickhouse.EngineProcess;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.clickhouse.ClickHouseSettings;
import io.tapeline.query.history.clickhouse.HeldCandles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writer and engine are killed at random points while a known set of candles flows; at the end each
 * one is in the store exactly once. {@code -Dtapeline.fault.candles=1000000} makes it a million.
 */
@KafkaTest
final class KilledWriterIT {

    private static final int INSTRUMENTS = 100;
    private static final long CANDLES = Long.getLong("tapeline.fault.candles", 300_000L);
    private static final int BATCH = 5_000;

    @TempDir private Path directory;

    private final long seed = Long.getLong("tapeline.fault.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private ClickHouseSettings settings(EngineProcess engine) {
        return new ClickHouseSettings(
                engine.url(), "default", "", "history", Duration.ofSeconds(20), Keep.FOR_EVER);
    }

    private Process writer(Tape tape, EngineProcess engine) throws IOException {
        Process writer =
                RecorderProcess.start(
                        tape.bootstrap(),
                        tape.prefix(),
                        Tape.PARTITIONS,
                        BATCH,
                        "clickhouse",
                        engine.url().toString(),
                        "history");
        // Whatever it says is read, or it would wait for a reader.
        Thread.ofVirtual()
                .start(() -> {
                    try (var output = writer.getInputStream()) {
                        output.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Its end is what the test is about.
                        writer.destroyForcibly();
                    }
                });
        return writer;
    }

    private static long seen(ClickHouseSettings settings) {
        try {
            return HeldCandles.seen(settings).count();
        } catch (HistoryUnavailableException e) {
            return 0; // not there yet, or being started
        }
    }

    private void assertEachIsThereOnce(KnownCandles known, ClickHouseSettings settings) {
        assertThat(HeldCandles.seen(settings)).as("seed %d", seed).isEqualTo(known.sums());
        assertThat(HeldCandles.merged(settings)).as("seed %d", seed).isEqualTo(known.sums());
        try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(settings)) {
            known.assertIsHeldBy(store, random.nextInt(INSTRUMENTS), 0, INSTRUMENTS - 1);
        }
    }

    @Test
    void writerAndEngineAreKilledAndEachCandleIsThereOnce(KafkaCluster cluster) throws Exception {
        KnownCandles known = new KnownCandles(INSTRUMENTS, Math.toIntExact(CANDLES / INSTRUMENTS));
        try (Tape tape = new Tape(cluster);
                EngineProcess engine = EngineProcess.start(directory)) {
            ClickHouseSettings settings = settings(engine);
            CompletableFuture<Void> producing =
                    CompletableFuture.runAsync(() -> known.sendTo(tape));
            Process writer = writer(tape, engine);
            try {
                for (int kill = 0; kill < 3; kill++) {
                    long before = seen(settings);
                    Await.until(
                            "more candles, kill " + kill + ", seed " + seed,
                            () -> seen(settings) > before || seen(settings) == known.count());
                    var _ = writer.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
                    if (random.nextBoolean()) {
                        engine.kill();
                        var _ = writer.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                        engine.startAgain();
                    } else {
                        writer.destroyForcibly().waitFor();
                        writer = writer(tape, engine);
                    }
                }
                producing.get(60, TimeUnit.SECONDS);
                Await.until("all candles, seed " + seed, () -> seen(settings) >= known.count());
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertEachIsThereOnce(known, settings);
        }
    }

    @Test
    void twoWritersAtOnceWriteEachCandleOnce(KafkaCluster cluster) throws Exception {
        KnownCandles known =
                new KnownCandles(INSTRUMENTS, Math.toIntExact(CANDLES / 6 / INSTRUMENTS));
        try (Tape tape = new Tape(cluster);
                EngineProcess engine = EngineProcess.start(directory)) {
            ClickHouseSettings settings = settings(engine);
            CompletableFuture<Void> producing =
                    CompletableFuture.runAsync(() -> known.sendTo(tape));
            List<Process> writers = new ArrayList<>();
            try {
                writers.add(writer(tape, engine));
                writers.add(writer(tape, engine));
                Await.until("some candles, seed " + seed, () -> seen(settings) > 0);
                var _ = writers.getFirst().waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
                writers.getFirst().destroyForcibly().waitFor();
                writers.add(writer(tape, engine));
                producing.get(60, TimeUnit.SECONDS);
                Await.until("all candles, seed " + seed, () -> seen(settings) >= known.count());
            } finally {
                for (Process writer : writers) {
                    writer.destroyForcibly().waitFor();
                }
            }
            assertEachIsThereOnce(known, settings);
        }
    }
}
