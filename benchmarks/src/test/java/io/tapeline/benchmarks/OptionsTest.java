package io.tapeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutWordsAllBenchmarksRunInFull() {
        assertThat(Options.of(List.of()))
                .isEqualTo(new Options("", false, false, Duration.ofSeconds(60)));
    }

    @Test
    void wordsMayComeInAnyOrder() {
        assertThat(Options.of(List.of("--hold", "300", "latency", "--synthetic", "--short")))
                .isEqualTo(new Options("latency", true, true, Duration.ofMinutes(5)));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> Options.of(List.of("--quick")))
                .hasMessage("bench: --quick is not understood");
        assertThatThrownBy(() -> Options.of(List.of("drain", "ingest")))
                .hasMessage("bench: ingest is not understood");
        assertThatThrownBy(() -> Options.of(List.of("--hold")))
                .hasMessage("bench: --hold wants whole seconds, not null");
        assertThatThrownBy(() -> Options.of(List.of("--hold", "1m")))
                .hasMessage("bench: --hold wants whole seconds, not 1m");
        assertThatThrownBy(() -> Options.of(List.of("--hold", "0")))
                .hasMessage("bench: --hold PT0S is not positive");
    }
}
