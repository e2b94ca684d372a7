package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.record.CaptureSummary;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that captures is killed while it writes. */
@KafkaTest
class KilledCaptureIT {

    private static final int ROUNDS = 3;
    private static final int LINES_A_ROUND = 4_000;
    private static final Pattern LINES = Pattern.compile("\nlines (\\d+)\n");

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
                Process victim = start(words);
                try {
                    // Written bit by bit, so that it dies amid a file and not behind the last line.
                    int from = round * LINES_A_ROUND;
                    int wanted = from + LINES_A_ROUND / 4;
                    for (int at = from; at < from + LINES_A_ROUND; at += 200) {
                        market.write(records.subList(at, at + 200));
                    }
                    Await.until(
                            "a quarter is durable",
                            () -> durableLines(out) >= wanted || !victim.isAlive());
                    assertThat(victim.isAlive()).isTrue();
                } finally {
                    victim.destroyForcibly();
                    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
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

    private Process start(List<String> words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TapelineTapes.class.getName(),
                                "capture"));
        command.addAll(words);
        File said = temp.resolve("said.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
                .start();
    }

    private static long durableLines(Path out) {
        try {
            Path file = out.resolve("capture.checkpoint");
            if (!Files.exists(file)) {
                return 0;
            }
            Matcher lines = LINES.matcher(Files.readString(file));
            return lines.find() ? Long.parseLong(lines.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
