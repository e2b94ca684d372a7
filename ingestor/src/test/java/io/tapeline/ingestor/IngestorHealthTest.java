package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.BinanceLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class IngestorHealthTest {

    private static final BinanceLine.State STREAMING =
            new BinanceLine.State("a", 1, 1, 5, 5, 0, 1_000);

    @Test
    void aLineThatStreamsIsUp() {
        assertThat(IngestorHealth.of(List.of(STREAMING), List.of(), Map.of()))
                .isEqualTo(
                        Health.up().withDetail("binance/a", "STREAMING, 5 of 5 streams").build());
    }

    @Test
    void aPartThatFailedForGoodIsDownAndSaysWhy() {
        assertThat(
                        IngestorHealth.of(
                                List.of(STREAMING), List.of(), Map.of("rest-member", "broken")))
                .isEqualTo(
                        Health.down()
                                .withDetail("rest-member", "FAILED, broken")
                                .withDetail("binance/a", "STREAMING, 5 of 5 streams")
                                .build());
    }
}
