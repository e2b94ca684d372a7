package io.tapeline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PeerResultTest {

    @Test
    void aPeerTellsItsResultInOneLine() {
        assertThat(PeerResult.of("updates=500 cpuMicros=250000 wallMicros=1000000\n"))
                .contains(new PeerResult(500, 250_000, 1_000_000));
        assertThat(new PeerResult(500, 250_000, 1_000_000).line())
                .isEqualTo("updates=500 cpuMicros=250000 wallMicros=1000000");
        assertThat(new PeerResult(500, 250_000, 1_000_000).updatesPerCpuSecond()).isEqualTo(2_000);
    }

    @Test
    void whateverElseItSaysIsNoResult() {
        assertThat(PeerResult.of("connected")).isEmpty();
    }

    @Test
    void aResultWithoutUpdatesIsRefused() {
        assertThatThrownBy(() -> PeerResult.of("updates=0 cpuMicros=1 wallMicros=1"))
                .hasMessage(
                        "peer result: updates 0, cpuMicros 1 and wallMicros 1 are not all above 0");
    }
}
