package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.fault.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static SimulatorSettings settings(String... words) {
        CommandLine parsed = CommandLine.parse(List.of(words));
        assertThat(parsed).isInstanceOf(CommandLine.Start.class);
        return ((CommandLine.Start) parsed).settings();
    }

    private static String wrong(String... words) {
        CommandLine parsed = CommandLine.parse(List.of(words));
        assertThat(parsed).isInstanceOf(CommandLine.Wrong.class);
        return ((CommandLine.Wrong) parsed).message();
    }

    @Test
    void withoutWordsItIsADemoOnTheLoopbackAddress() {
        SimulatorSettings settings = settings();
        assertThat(settings.source()).isEqualTo(Source.Synthetic.demo());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(9_080);
    }

    @Test
    void aMadeUpMarketTakesItsNumbers() {
        assertThat(
                        settings(
                                        "--pairs",
                                        "2200",
                                        "--seed",
                                        "-7",
                                        "--rate",
                                        "5000",
                                        "--levels",
                                        "50",
                                        "--non-ascii")
                                .source())
                .isEqualTo(
                        new Source.Synthetic(2_200, 2_200, 1, -7, 5_000, 50, Duration.ofDays(30)));
    }

    @Test
    void aReplayTakesItsFiles(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "");
        Path two = Files.writeString(folder.resolve("two"), "");
        assertThat(
                        settings(
                                        "--replay",
                                        one.toString(),
                                        two.toString(),
                                        "--speed",
                                        "20",
                                        "--port",
                                        "0",
                                        "--wait-for-client",
                                        "off")
                                .source())
                .isEqualTo(new Source.Replay(List.of(one, two), 20, false, Duration.ofSeconds(1)));
        assertThat(settings("--replay", one.toString(), "--speed", "max").source())
                .isEqualTo(
                        new Source.Replay(
                                List.of(one),
                                Double.POSITIVE_INFINITY,
                                true,
                                Duration.ofSeconds(1)));
        assertThat(wrong("--replay", one.toString(), "--pairs", "3"))
                .isEqualTo("--pairs is for a made-up market, and cannot go with --replay");
    }

    @Test
    void aDirectoryStandsForTheFinishedTapesInIt(@TempDir Path folder) throws IOException {
        assertThat(wrong("--replay", folder.toString()))
                .isEqualTo("--replay: no finished tape is in " + folder);
        Path second =
                Files.writeString(folder.resolve("tape-20260528T202641.000000000Z-000002.gz"), "");
        Path first =
                Files.writeString(folder.resolve("tape-20260528T202640.000000000Z-000001.zst"), "");
        Files.writeString(folder.resolve("tape-20260528T202642.000000000Z-000003.zst.part"), "");
        Files.writeString(folder.resolve("capture.checkpoint"), "");
        assertThat(settings("--replay", folder.toString()).source())
                .isEqualTo(
                        new Source.Replay(List.of(first, second), 1, true, Duration.ofSeconds(1)));
    }

    @Test
    void theWholeMarketIsAsLargeAsTheRealOne() {
        assertThat(settings("--whole-market", "--rate", "900").source())
                .isEqualTo(
                        new Source.Synthetic(2_200, 1_500, 3, 1, 900, 1_000, Duration.ofDays(30)));
        assertThat(settings("--pairs", "50", "--trading", "30").source())
                .isEqualTo(Source.Synthetic.demo().withPairs(50).withTrading(30));
    }

    @Test
    void faultsAreReadFromAFile(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("faults"), "5s drop-all # all of them\n");
        assertThat(settings("--faults", script.toString()).faults())
                .isEqualTo(FaultScript.parse("5s drop-all"));
        Path wrong = Files.writeString(folder.resolve("wrong"), "5s drop-all\n\n1s gap count=0\n");
        assertThat(wrong("--faults", wrong.toString()))
                .isEqualTo(
                        "--faults: "
                                + wrong
                                + ": line 3: gap: Lasting.count must be 1 to 1000000000, was 0");
        assertThat(wrong("--faults", "/no/such/file"))
                .isEqualTo("--faults: no readable file /no/such/file");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(wrong("--port", "70000")).isEqualTo("--port must be 0 to 65535, was 70000");
        assertThat(wrong("--port")).isEqualTo("--port needs a value");
        assertThat(wrong("--pairs", "many")).isEqualTo("--pairs must be a whole number, was many");
        assertThat(wrong("--replay", "/no/such/file"))
                .isEqualTo("--replay: no readable file /no/such/file");
        assertThat(wrong("--speed", "2")).isEqualTo("--speed needs --replay");
        assertThat(wrong("--speed", "-1"))
                .isEqualTo("--speed must be a positive number or `max`, was -1");
        assertThat(wrong("--what")).isEqualTo("unknown argument: --what");
    }

    @Test
    void helpIsHelp() {
        assertThat(CommandLine.parse(List.of("--pairs", "3", "--help")))
                .isEqualTo(new CommandLine.Help());
    }
}
