package io.tapeline.benchmarks.broker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OffsetsTest {

    @Test
    void aBenchmarkThatLosesOrRepeatsRecordsFails() {
        assertThatCode(() -> Offsets.requireComplete("drain", 1_000, 1_000))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Offsets.requireComplete("drain", 1_000, 999))
                .hasMessageStartingWith("drain: 1,000 records were expected and 999 are there");
        assertThatThrownBy(() -> Offsets.requireComplete("drain", 1_000, 1_001))
                .hasMessageStartingWith("drain: 1,000 records were expected and 1,001 are there");
    }
}
