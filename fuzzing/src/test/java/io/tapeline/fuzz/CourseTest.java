package io.tapeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Path LOG = Path.of("log");

    private final Course course = new Course();

    private void says(String... lines) {
        for (String line : lines) {
            course.take(line);
        }
    }

    private void begins() {
        says(
                "INFO: Loaded 1 modules   (512 inline 8-bit counters): 512 [0x7f, 0x80),",
                "#2\tINITED cov: 21 ft: 34 corp: 2/90b exec/s: 0 rss: 405Mb");
    }

    private Outcome ends(int value) {
        return Outcome.of(value, course, LOG);
    }

    @Test
    void aRunToTheEndOfItsTimeIsClean() {
        begins();
        assertThat(course.take("#9\tNEW    cov: 24 ft: 40 corp: 5/1Kb lim: 9 exec/s: 4 rss: 405Mb"))
                .isFalse();
        assertThat(course.take("tapeline.fuzz: read 4711 in 15 s")).as("is told").isTrue();
        assertThat(course.inputs()).isEqualTo(4711);
        assertThat(course.seconds()).isEqualTo(15);
        assertThat(course.places()).isEqualTo(24);
        assertThat(course.kept()).isEqualTo(5);
        says("#5000\tDONE   cov: 25 ft: 40 corp: 5/1Kb lim: 9 exec/s: 4 rss: 405Mb");
        assertThat(ends(0)).isEqualTo(new Outcome.Clean(5000));
    }

    @Test
    void aRunThatEndsBeforeItsTimeSaysNothingOfTheTarget() {
        begins();
        assertThat(ends(0)).isEqualTo(new Outcome.Failed("Jazzer ended early", LOG));
        assertThat(ends(137)).isEqualTo(new Outcome.Failed("Jazzer ended with 137", LOG));
    }

    @Test
    void whatIsThrownIsAFindingFromTheFirstInputOn() {
        assertThat(ends(77)).isEqualTo(new Outcome.Found(LOG));
    }

    @Test
    void anInputThatTakesTooLongIsAFinding() {
        says("Test unit written to /x/timeout-6b86b273ff34fce19d6b804eff5a3f5747ada4ea");
        assertThat(ends(70)).as("one of earlier runs").isEqualTo(new Outcome.Found(LOG));
        begins();
        says("Test unit written to /x/timeout-da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assertThat(ends(70)).as("one of this run").isEqualTo(new Outcome.Found(LOG));
    }

    @Test
    void theFirstInputMayHaveWaitedForWhatIsLoaded() {
        says("Test unit written to /x/timeout-da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assertThat(ends(70))
                .isEqualTo(new Outcome.Failed("the first input, of no bytes, took too long", LOG));
    }
}
