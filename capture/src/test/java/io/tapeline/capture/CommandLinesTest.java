package io.tapeline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapeline.capture.files.Compression;
import io.tapeline.capture.files.TapeDirectory;
import io.tapeline.capture.record.Beginning;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.record.Ending;
import io.tapeline.capture.record.Selection;
import io.tapeline.capture.replay.ReplayOptions;
import io.tapeline.capture.tape.RawTopic;
import io.tapeline.schemas.market.Venue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {

    @TempDir private Path temp;

    private static CaptureOptions capture(String words) {
        return CaptureOptions.parse(List.of(words.split(" ")), Map.of());
    }

    private static void refused(Runnable parsing, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(parsing::run)
                .withMessageContaining(message);
    }

    @Test
    void aCaptureIsOfEverythingUnlessToldOtherwise() {
        assertThat(capture("--out d"))
                .isEqualTo(
                        new CaptureOptions(
                                new Brokers("localhost:9092", "tapeline.", Map.of()),
                                Path.of("d"),
                                Selection.all(),
                                new Beginning.Latest(),
                                new Ending.Never(),
                                Compression.ZSTD,
                                new TapeDirectory.Split(268_435_456, Duration.ofMinutes(60)),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5)));
    }

    @Test
    void everyOptionOfACaptureIsRead() {
        assertThat(
                        capture(
                                "--out d --topics klines,depth --venues binance --symbols"
                                    + " BTCUSDT,ETHUSDT --line b --from 2026-07-01T12:00:00Z"
                                    + " --until end --compress gzip --split-bytes 5 --split-minutes"
                                    + " 6 --window-ms 7 --checkpoint-ms 8 --bootstrap k:1 --prefix"
                                    + " p."))
                .isEqualTo(
                        new CaptureOptions(
                                new Brokers("k:1", "p.", Map.of()),
                                Path.of("d"),
                                new Selection(
                                        Set.of(RawTopic.KLINES, RawTopic.DEPTH),
                                        Set.of(Venue.BINANCE),
                                        Set.of("BTCUSDT", "ETHUSDT"),
                                        Set.of("b")),
                                new Beginning.At(Instant.parse("2026-07-01T12:00:00Z")),
                                new Ending.AtEnd(),
                                Compression.GZIP,
                                new TapeDirectory.Split(5, Duration.ofMinutes(6)),
                                Duration.ofMillis(7),
                                Duration.ofMillis(8)));
    }

    @Test
    void whatIsWrongIsNamedWithWhatIsAllowed() {
        refused(() -> capture("--topics depth"), "--out must name a directory");
        refused(() -> capture("--out"), "--out needs a value");
        refused(() -> capture("--out d --topics trades"), "--topics: topic must be one of klines");
        refused(() -> capture("--out d --venues nyse"), "--venues: venue: \"nyse\" is not one of");
        refused(() -> capture("--out d --symbols A,,B"), "--symbols must be values between commas");
        refused(() -> capture("--out d --from noon"), "--from must be earliest, latest or a time");
        refused(() -> capture("--out d --until noon"), "--until must be end or a time");
        refused(() -> capture("--out d --compress rar"), "--compress must be one of none, gzip");
        refused(() -> capture("--out d --split-bytes 0"), "--split-bytes must be 1 to");
        refused(() -> capture("--out d --split-minutes x"), "--split-minutes must be a whole");
        refused(() -> capture("--out d --colour red"), "unknown option: --colour");
        refused(
                () -> ReplayOptions.parse(List.of("--speed", "2"), Map.of()),
                "name at least one file");
        refused(
                () -> ReplayOptions.parse(List.of("nowhere"), Map.of()),
                "there is no file nowhere");
    }

    @Test
    void aDirectoryStandsForItsTapes() throws Exception {
        Path second = Files.writeString(temp.resolve("tape-20260528T202640.000000000Z-000002"), "");
        Path first =
                Files.writeString(temp.resolve("tape-20260528T202640.000000000Z-000001.zst"), "");
        Files.writeString(temp.resolve("tape-20260528T202640.000000000Z-000003.part"), "");

        ReplayOptions options =
                ReplayOptions.parse(
                        List.of(temp.toString(), "--speed", "2.5"),
                        Map.of("TAPELINE_KAFKA_TOPIC_PREFIX", "x."));

        assertThat(options)
                .isEqualTo(
                        new ReplayOptions(
                                new Brokers("localhost:9092", "x.", Map.of()),
                                List.of(first, second),
                                2.5,
                                temp.resolve(first.getFileName() + ".replay-position"),
                                temp.resolve(first.getFileName() + ".replay-rejects")));
    }
}
