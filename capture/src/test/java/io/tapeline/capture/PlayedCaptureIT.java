package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.capture.files.TapeFiles;
import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.tape.RawTopic;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.exchange.Progress;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture is a market that the simulated exchange plays. */
@KafkaTest
class PlayedCaptureIT {

    private static final long START = 1_780_000_000_000_000_000L;

    private final KafkaCluster cluster;
    private final List<TapeLine> lines = new ArrayList<>();

    @TempDir private Path temp;

    PlayedCaptureIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    private void received(String symbol, String stream, String line, String payload) {
        lines.add(
                new TapeLine(
                        RawTopic.DEPTH,
                        new RawRecord(
                                Instrument.binance(symbol),
                                payload.getBytes(StandardCharsets.UTF_8),
                                stream,
                                line,
                                new EpochNanos(START + lines.size() * 1_000_000L),
                                line.equals("rest")
                                        ? ExchangeTimeUnit.MILLISECONDS
                                        : ExchangeTimeUnit.MICROSECONDS)));
    }

    private void diff(String symbol, long first, long last, String bids, String asks) {
        for (String line : List.of("b", "a")) {
            received(
                    symbol,
                    symbol.toLowerCase(Locale.ROOT) + "@depth@100ms",
                    line,
                    "{\"e\":\"depthUpdate\",\"E\":"
                            + (START / 1_000 + last * 100)
                            + ",\"s\":\""
                            + symbol
                            + "\",\"U\":"
                            + first
                            + ",\"u\":"
                            + last
                            + ",\"b\":"
                            + bids
                            + ",\"a\":"
                            + asks
                            + "}");
        }
    }

    @Test
    void twoLinesInMicrosecondsBecomeOneMarketWithItsBooks() throws Exception {
        diff("BTCUSDT", 9, 12, "[[\"100.10\",\"1.5\"]]", "[]");
        received(
                "BTCUSDT",
                "rest/depth?limit=5000",
                "rest",
                "{\"lastUpdateId\":10,\"bids\":[[\"100.00\",\"2.0\"]],\"asks\":[[\"101.00\",\"3.0\"]]}");
        received(
                "ETHUSDT",
                "rest/depth?limit=5000",
                "rest",
                "{\"lastUpdateId\":11,\"bids\":[[\"7.00\",\"2.0\"]],\"asks\":[[\"8.00\",\"3.0\"]]}");
        diff("ETHUSDT", 10, 12, "[[\"7.00\",\"0.0\"],[\"6.00\",\"4.0\"]]", "[]");
        diff("BTCUSDT", 13, 14, "[[\"100.00\",\"0.0\"]]", "[[\"101.00\",\"5.0\"]]");
        Path out = temp.resolve("out");
        try (RawMarket market = new RawMarket(cluster)) {
            market.write(lines);
            new Capture(
                            CaptureOptions.parse(
                                    market.words(
                                            "--out", out, "--from", "earliest", "--until", "end"),
                                    Map.of()),
                            Clock.systemUTC())
                    .run();
        }
        Path tape = TapeFiles.finished(out).getFirst();
        assertThat(tape.toString()).endsWith(".zst");

        try (SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Replay.of(tape).atFullSpeed().withoutWaiting()))) {
            Await.until(
                    "it is played", () -> exchange.progress().state() == Progress.State.FINISHED);
            assertThat(exchange.symbols()).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
            assertThat(exchange.book("BTCUSDT"))
                    .isEqualTo(
                            "{\"lastUpdateId\":14,\"bids\":[[\"100.10000000\",\"1.50000000\"]],\"asks\":[[\"101.00000000\",\"5.00000000\"]]}");
            assertThat(exchange.book("ETHUSDT"))
                    .isEqualTo(
                            "{\"lastUpdateId\":12,\"bids\":[[\"6.00000000\",\"4.00000000\"]],\"asks\":[[\"8.00000000\",\"3.00000000\"]]}");
        }
    }
}
