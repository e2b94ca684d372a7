package io.tapeline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.fault.Fault;
import io.tapeline.chaos.part.Member;
import io.tapeline.chaos.plan.Round;
import io.tapeline.chaos.report.Outcome;
import io.tapeline.chaos.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * As {@code ./tapeline chaos} does it, but one round whose faults hurt no more than one of any two;
 * logs stay in target.
 */
class ShortChaosIT {

    private static final long SEED = 1;

    private static final List<Round.Part> ONE_OF_EACH =
            List.of(
                    at(0, new Fault.Kill(Member.INGESTOR_1, Duration.ofSeconds(2))),
                    at(500, new Fault.Kill(Member.ENGINE, Duration.ofSeconds(1))),
                    at(1_000, new Fault.Freeze(Member.AGGREGATOR_1, Duration.ofSeconds(3))));

    private static Round.Part at(long millis, Fault fault) {
        return new Round.Part(Duration.ofMillis(millis), fault);
    }

    @Test
    void a_whole_installation_converges_after_faults_that_come_together_and_loses_nothing()
            throws Exception {
        Chaos.logProblems();
        Files.createDirectories(Path.of("target"));
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos-");
        List<Round> rounds = List.of(new Round(1, Duration.ofSeconds(1), ONE_OF_EACH));

        Report report =
                new ChaosRun(
                                new ChaosOptions(Duration.ofMinutes(5), 99, SEED, directory),
                                rounds.iterator(),
                                System.out)
                        .run();

        assertThat(report.outcomes())
                .as("see %s", directory.resolve(ChaosRun.REPORT))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Survived.class,
                        survived -> {
                            assertThat(survived.verdict().compared()).isPositive();
                            assertThat(survived.verdict().explained()).isZero();
                        });
    }
}
