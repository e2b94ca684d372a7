package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServedOffsetsTest {

    private final ServedOffsets served = new ServedOffsets();

    @Test
    void whatIsUnderWayHoldsBackWhatCameAfterIt() {
        served.begin(0, 5);
        assertThat(served.unserved()).isEqualTo(Map.of(0, 5L));
        served.taken(0, 5);
        served.taken(0, 6);
        served.done(0, 6);
        assertThat(served.unserved()).isEqualTo(Map.of(0, 5L));
        served.done(0, 5);
        assertThat(served.unserved()).isEqualTo(Map.of(0, 7L));
    }

    @Test
    void ofAPartitionThatIsGivenUpNothingIsSaid() {
        served.begin(0, 5);
        served.taken(0, 5);
        served.end(0);
        served.done(0, 5);
        assertThat(served.unserved()).isEmpty();
    }
}
