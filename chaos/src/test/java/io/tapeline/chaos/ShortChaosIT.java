package io.tapeline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** As {@code ./tapeline chaos} does it, with few faults of one seed; its logs stay in target. */
class ShortChaosIT {

    private static final long SEED = 1;
    private static final int FAULTS = 4;

    @Test
    void a_whole_installation_converges_after_a_few_faults() throws Exception {
        Chaos.logProblems();
        Files.createDirectories(Path.of("target"));
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos-");

        Report report =
                new ChaosRun(
                                new ChaosOptions(Duration.ofMinutes(5), FAULTS, SEED, directory),
                                System.out)
                        .run();

        assertThat(report.isClean()).as("see %s", directory.resolve(ChaosRun.REPORT)).isTrue();
        assertThat(report.faultsSurvived()).isGreaterThanOrEqualTo(FAULTS);
    }
}
