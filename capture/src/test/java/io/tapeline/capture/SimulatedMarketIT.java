package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.capture.files.TapeFiles;
import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.tape.LineFormat;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.exchange.Progress;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A market runs, is captured by a process that is killed on the way and by its successor, and what
 * they wrote is played to a line again.
 */
@KafkaTest
class SimulatedMarketIT {

    private static final String STREAMS =
            Stream.of("btcusdt", "ethusdt", "solusdt")
                    .flatMap(symbol ->
                            Stream.of("@depth@100ms", "@kline_1s", "@ticker", "@bookTicker")
                                    .map(kind -> symbol + kind))
                    .collect(Collectors.joining("/"));

    private final KafkaCluster cluster;

    @TempDir private Path temp;

    SimulatedMarketIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aMarketThatWasCapturedThroughAKillIsPlayedAsItWas() throws Exception {
        List<TapeLine> received;
        Path zstd = temp.resolve("zstd");
        Path gzip = temp.resolve("gzip");
        try (RawMarket market = new RawMarket(cluster)) {
            List<String> words =
                    market.words(
                            "--out",
                            zstd,
                            "--from",
                            "earliest",
                            "--checkpoint-ms",
                            100,
                            "--split-bytes",
                            20_000);
            received = run(market, words, zstd);
            List<String> last = new ArrayList<>(words);
            last.addAll(List.of("--until", "end"));
            capture(last);
            capture(
                    market.words(
                            "--out",
                            gzip,
                            "--from",
                            "earliest",
                            "--until",
                            "end",
                            "--compress",
                            "gzip"));
        }
        for (Path tapes : List.of(zstd, gzip)) {
            assertThat(byInstrument(RawMarket.captured(tapes)))
                    .isEqualTo(byInstrument(RawMarket.texts(received)));
            assertThat(played(TapeFiles.finished(tapes))).isEqualTo(events(received));
        }
    }

    /** The market runs while one process captures and is killed; says what was received. */
    private List<TapeLine> run(RawMarket market, List<String> words, Path out) throws Exception {
        List<TapeLine> all = new ArrayList<>();
        try (SimulatedExchange exchange =
                        SimulatedExchange.start(
                                SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(3)
                                                .withEventsPerSecond(500)
                                                .withBookLevels(50)
                                                .withHistory(Duration.ofMinutes(10))));
                StreamLine line = StreamLine.open(exchange, STREAMS)) {
            CaptureProcess victim = CaptureProcess.start(words, temp.resolve("said.log"));
            try {
                Await.until(
                        "some of it is durable",
                        () -> {
                            write(market, line, all);
                            return CaptureProcess.durableLines(out) > 500 || !victim.isAlive();
                        });
                assertThat(victim.isAlive()).isTrue();
            } finally {
                victim.kill();
            }
            int before = all.size();
            Await.until(
                    "the market goes on without a capture",
                    () -> {
                        write(market, line, all);
                        return all.size() > before + 500;
                    });
        }
        return all;
    }

    private static void write(RawMarket market, StreamLine line, List<TapeLine> all) {
        List<TapeLine> some = line.received();
        market.write(some);
        all.addAll(some);
    }

    private static void capture(List<String> words) throws Exception {
        new Capture(CaptureOptions.parse(words, Map.of()), Clock.systemUTC()).run();
    }

    private static Map<String, List<String>> byInstrument(List<String> lines) throws Exception {
        Map<String, List<String>> found = new HashMap<>();
        for (String line : lines) {
            TapeLine read = LineFormat.parse(line.getBytes(StandardCharsets.UTF_8));
            found.computeIfAbsent(read.record().instrument().id(), i -> new ArrayList<>())
                    .add(line);
        }
        return found;
    }

    private static Map<String, List<String>> events(List<TapeLine> lines) {
        return lines.stream()
                .collect(
                        Collectors.groupingBy(
                                line -> line.record().stream(),
                                Collectors.mapping(
                                        line ->
                                                new String(
                                                        line.record().payload(),
                                                        StandardCharsets.UTF_8),
                                        Collectors.toList())));
    }

    private static Map<String, List<String>> played(List<Path> tapes) throws Exception {
        try (SimulatedExchange exchange =
                        SimulatedExchange.start(
                                SimulatorSettings.of(
                                        Source.Replay.of(tapes.toArray(Path[]::new))
                                                .atFullSpeed()
                                                .withSettle(Duration.ofMillis(300))));
                StreamLine line = StreamLine.open(exchange, STREAMS)) {
            line.askForBooks("BTCUSDT", "ETHUSDT", "SOLUSDT");
            List<TapeLine> received = new ArrayList<>();
            Await.until(
                    "it is played and received",
                    () -> {
                        received.addAll(line.received());
                        return exchange.progress().state() == Progress.State.FINISHED
                                && received.size() >= exchange.framesSent();
                    });
            return events(received);
        }
    }
}
