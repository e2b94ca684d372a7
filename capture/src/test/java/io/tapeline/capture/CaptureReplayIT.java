package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tapeline.capture.files.TapeFiles;
import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.record.CaptureSummary;
import io.tapeline.capture.replay.Replay;
import io.tapeline.capture.replay.ReplayOptions;
import io.tapeline.capture.replay.ReplaySummary;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw topics of a real broker to files, and back. */
@KafkaTest
class CaptureReplayIT {

    private final KafkaCluster cluster;

    @TempDir private Path temp;

    CaptureReplayIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    private static CaptureSummary capture(RawMarket market, Object... more) throws IOException {
        return new Capture(CaptureOptions.parse(market.words(more), Map.of()), Clock.systemUTC())
                .run();
    }

    private static ReplaySummary replay(RawMarket market, Object... more) throws IOException {
        return new Replay(ReplayOptions.parse(market.words(more), Map.of())).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "none"})
    void whatIsCapturedAndReplayedIsCapturedEqualAgain(String compression) throws Exception {
        List<TapeLine> records = RawMarket.records(11, 3_000);
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        try (RawMarket from = new RawMarket(cluster);
                RawMarket into = new RawMarket(cluster)) {
            from.write(records);
            CaptureSummary captured =
                    capture(
                            from,
                            "--out",
                            first,
                            "--from",
                            "earliest",
                            "--until",
                            "end",
                            "--compress",
                            compression,
                            "--split-bytes",
                            20_000);
            assertThat(captured.lines()).isEqualTo(3_000);
            assertThat(captured.totals().files()).isEqualTo(TapeFiles.finished(first).size());
            assertThat(RawMarket.captured(first)).isEqualTo(RawMarket.texts(records));

            assertThat(replay(into, first)).isEqualTo(new ReplaySummary(3_000, 0, true));
            capture(into, "--out", second, "--from", "earliest", "--until", "end");
        }
        assertThat(RawMarket.captured(second)).isEqualTo(RawMarket.captured(first));
    }

    @Test
    void aCaptureThatIsGivenAgainGoesOnWithWhatIsNew() throws Exception {
        List<TapeLine> records = RawMarket.records(12, 500);
        Path out = temp.resolve("out");
        Object[] words = {"--out", out, "--from", "earliest", "--until", "end"};
        try (RawMarket market = new RawMarket(cluster)) {
            market.write(records.subList(0, 200));
            assertThat(capture(market, words).lines()).isEqualTo(200);
            market.write(records.subList(200, 500));
            market.writeMalformed();
            CaptureSummary second = capture(market, words);
            assertThat(second.lines()).isEqualTo(300);
            assertThat(second.malformed()).isEqualTo(1);
            assertThat(second.totals().lines()).isEqualTo(500);
            assertThat(capture(market, words).lines()).isZero();
            assertThatIOException()
                    .isThrownBy(() -> capture(market, "--out", out, "--line", "a"))
                    .withMessageContaining("name another directory");
        }
        assertThat(RawMarket.captured(out)).isEqualTo(RawMarket.texts(records));
    }

    @Test
    void latestMeansFromTheFirstRunOn() throws Exception {
        List<TapeLine> records = RawMarket.records(13, 300);
        Path out = temp.resolve("out");
        try (RawMarket market = new RawMarket(cluster)) {
            market.write(records.subList(0, 100));
            assertThat(capture(market, "--out", out, "--until", "end").lines()).isZero();
            market.write(records.subList(100, 300));
            assertThat(capture(market, "--out", out, "--until", "end").lines()).isEqualTo(200);
        }
        assertThat(RawMarket.captured(out)).isEqualTo(RawMarket.texts(records.subList(100, 300)));
    }

    @Test
    void onlyWhatIsSelectedIsCaptured() throws Exception {
        List<TapeLine> records = RawMarket.records(14, 1_000);
        Instant from = Instant.ofEpochSecond(1_780_000_000L, 200_000_000);
        Instant until = from.plusMillis(500);
        Path out = temp.resolve("out");
        try (RawMarket market = new RawMarket(cluster)) {
            market.write(records);
            capture(
                    market,
                    "--out",
                    out,
                    "--from",
                    from,
                    "--until",
                    until,
                    "--venues",
                    "binance,deribit",
                    "--topics",
                    "tickers,depth",
                    "--line",
                    "b");
        }
        List<TapeLine> expected = new ArrayList<>();
        for (TapeLine line : records.subList(200, 700)) {
            String stream = line.record().stream();
            if (!line.record().instrument().id().startsWith("coingecko:")
                    && !stream.contains("kline")
                    && (line.record().line().equals("b") || line.record().isRest())) {
                expected.add(line);
            }
        }
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(RawMarket.captured(out)).isEqualTo(RawMarket.texts(expected));
    }

    @Test
    void aCaptureThatIsStoppedHasFinishedItsFiles() throws Exception {
        List<TapeLine> records = RawMarket.records(15, 400);
        Path out = temp.resolve("out");
        try (RawMarket market = new RawMarket(cluster)) {
            market.write(records);
            Capture capture =
                    new Capture(
                            CaptureOptions.parse(
                                    market.words(
                                            "--out",
                                            out,
                                            "--from",
                                            "earliest",
                                            "--window-ms",
                                            50,
                                            "--checkpoint-ms",
                                            20),
                                    Map.of()),
                            Clock.systemUTC());
            CompletableFuture<CaptureSummary> running =
                    CompletableFuture.supplyAsync(() -> run(capture));
            Await.until(
                    "all lines are durable",
                    () -> checkpoint(out).contains("\nlines 400\n") || running.isDone());
            capture.stop();
            assertThat(running.get(30, TimeUnit.SECONDS).lines()).isEqualTo(400);
        }
        assertThat(RawMarket.captured(out)).isEqualTo(RawMarket.texts(records));
    }

    private static CaptureSummary run(Capture capture) {
        try {
            return capture.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checkpoint(Path out) {
        try {
            Path file = out.resolve("capture.checkpoint");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void linesThatAreNoneAreRejectedByFileAndNumber() throws Exception {
        Path file = temp.resolve("tape");
        Files.writeString(
                file,
                """
                5 {"stream":"btcusdt@ticker","data":{"n":1}}
                nonsense

                6 {"stream":"btcusdt@trade","data":{"n":2}}
                7 {"stream":"btcusdt@depth@100ms","data":{"n":3}}
                """);
        try (RawMarket market = new RawMarket(cluster)) {
            assertThat(replay(market, file)).isEqualTo(new ReplaySummary(2, 2, true));
            assertThat(Files.readString(temp.resolve("tape.replay-rejects")))
                    .isEqualTo(
                            file
                                    + ":2\tdoes not begin with a receive time in nanoseconds"
                                    + "\tnonsense\n"
                                    + file
                                    + ":4\tno raw topic is for stream btcusdt@trade\t6"
                                    + " {\"stream\":\"btcusdt@trade\",\"data\":{\"n\":2}}\n");
            assertThat(temp.resolve("tape.replay-position")).doesNotExist();
            capture(market, "--out", temp.resolve("out"), "--from", "earliest", "--until", "end");
        }
        assertThat(RawMarket.captured(temp.resolve("out")))
                .containsExactly(
                        "5 {\"stream\":\"btcusdt@ticker\",\"data\":{\"n\":1}}",
                        "7 {\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"n\":3}}");
    }

    @Test
    void aReplayThatIsStoppedGoesOnWhereItStood() throws Exception {
        List<TapeLine> records = RawMarket.records(16, 1_000);
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        try (RawMarket from = new RawMarket(cluster);
                RawMarket into = new RawMarket(cluster)) {
            from.write(records);
            capture(
                    from,
                    "--out",
                    first,
                    "--from",
                    "earliest",
                    "--until",
                    "end",
                    "--split-bytes",
                    4_000);
            // A tenth of the pace at which they came: ten seconds, were it not stopped.
            Replay slow =
                    new Replay(ReplayOptions.parse(into.words(first, "--speed", "0.1"), Map.of()));
            Path tape = TapeFiles.finished(first).getFirst();
            Path position = tape.resolveSibling(tape.getFileName() + ".replay-position");
            Thread stopper =
                    Thread.ofVirtual()
                            .start(() -> {
                                Await.until("it has begun", () -> Files.exists(position));
                                slow.stop();
                            });
            ReplaySummary stopped = slow.run();
            stopper.join();
            assertThat(stopped.finished()).isFalse();
            assertThat(stopped.sent()).isBetween(1L, 999L);
            assertThat(replay(into, first)).isEqualTo(new ReplaySummary(1_000, 0, true));
            capture(into, "--out", second, "--from", "earliest", "--until", "end");
        }
        assertThat(RawMarket.captured(second)).isEqualTo(RawMarket.texts(records));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip"})
    void aFileThatIsCutOffIsPlayedAsFarAsItGoesAndThenTold(String compression) throws Exception {
        List<TapeLine> records = RawMarket.records(16, 2_000);
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        try (RawMarket from = new RawMarket(cluster);
                RawMarket into = new RawMarket(cluster)) {
            from.write(records);
            capture(
                    from,
                    "--out",
                    first,
                    "--from",
                    "earliest",
                    "--until",
                    "end",
                    "--compress",
                    compression);
            Path tape = TapeFiles.finished(first).getFirst();
            byte[] whole = Files.readAllBytes(tape);
            Files.write(tape, Arrays.copyOf(whole, whole.length - 200));
            for (int time = 0; time < 2; time++) {
                assertThatIOException()
                        .isThrownBy(() -> replay(into, tape))
                        .withMessageMatching(
                                ".*tape-.* is damaged or cut off after line \\d+ .*; what precedes"
                                        + " is played, what follows is not");
            }
            capture(into, "--out", second, "--from", "earliest", "--until", "end");
        }
        List<String> played = RawMarket.captured(second);
        assertThat(played).isEqualTo(RawMarket.texts(records).subList(0, played.size()));
    }

    @Test
    void topicsThatAreNotThereAreNamedAtOnce() throws Exception {
        Path tape = Files.writeString(temp.resolve("tape.txt"), "");
        String prefix = cluster.uniquePrefix();
        assertThatIOException()
                .isThrownBy(() ->
                        new Replay(
                                        ReplayOptions.parse(
                                                List.of(
                                                        tape.toString(),
                                                        "--bootstrap",
                                                        cluster.bootstrap(),
                                                        "--prefix",
                                                        prefix),
                                                Map.of()))
                                .run())
                .withMessageContaining(
                        "there is no topic " + prefix + "raw.depth, " + prefix + "raw.klines");
    }
}
