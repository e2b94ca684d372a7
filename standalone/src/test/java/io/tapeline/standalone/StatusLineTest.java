package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.IngestorCounters;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    @Test
    void the_counters_that_it_prints_are_those_that_the_ingestor_has() {
        assertThat(new IngestorCounters().snapshot())
                .containsKeys(StatusLine.RECEIVED, StatusLine.DROPPED, StatusLine.FAILED);
    }
}
