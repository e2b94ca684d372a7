package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.record.CaptureSummary;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that captures is killed while it writes. */
@KafkaTest
class KilledCaptureIT {

    private static final int ROUNDS = 3;
    private static final int LINES_A_ROUND = 4_000;

    private final KafkaCluster cluster;

    @TempDir private Path temp;

    KilledCaptureIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void noLineIsLostOrDoubled() throws Exception {
        List<TapeLine> records = RawMarket.records(21, (ROUNDS + 1) * LINES_A_ROUND);
        Path out = temp.resolve("out");
        try (RawMarket market = new RawMarket(cluster)) {
            List<String> words =
                    market.words(
                            "--out",
                            out,
                            "--from",
                            "earliest",
                            "--window-ms",
                            20,
                            "--checkpoint-ms",
                            25,
                            "--split-bytes",
                            30_000);
            for (int round = 0; round < ROUNDS; round++) {
                CaptureProcess victim = CaptureProcess.start(words, temp.resolve("said.log"));
                try {
                    // Written bit by bit, so that it dies amid a file and not behind the last line.
                    int from = round * LINES_A_ROUND;
                    int wanted = from + LINES_A_ROUND / 4;
                    for (int at = from; at < from + LINES_A_ROUND; at += 200) {
                        market.write(records.subList(at, at + 200));
                    }
                    Await.until(
                            "a quarter is durable",
                            () -> CaptureProcess.durableLines(out) >= wanted || !victim.isAlive());
                    assertThat(victim.isAlive()).isTrue();
                } finally {
                    victim.kill();
                }
            }
            market.write(records.subList(ROUNDS * LINES_A_ROUND, records.size()));
            List<String> last = new ArrayList<>(words);
            last.addAll(List.of("--until", "end"));
            CaptureSummary summary =
                    new Capture(CaptureOptions.parse(last, Map.of()), Clock.systemUTC()).run();
            assertThat(summary.totals().lines()).isEqualTo(records.size());
        }
        assertThat(RawMarket.captured(out))
                .containsExactlyInAnyOrderElementsOf(RawMarket.texts(records));
    }
}
