package io.tapeline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerProgressTest {

    @Test
    void a_peer_tells_in_one_line_how_far_it_is() {
        assertThat(PeerProgress.of(new PeerProgress(0).line())).hasValue(0);
        assertThat(PeerProgress.of("applied=4711\n")).hasValue(4_711);
    }

    @Test
    void whatever_else_it_says_is_no_progress() {
        assertThat(PeerProgress.of("updates=500 cpuMicros=250000 wallMicros=1000000")).isEmpty();
        assertThat(PeerProgress.of("applied=-1")).isEmpty();
    }
}
