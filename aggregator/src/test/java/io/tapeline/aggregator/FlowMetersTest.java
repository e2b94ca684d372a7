package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.aggregator.topology.FlowCounters;
import io.tapeline.schemas.market.Venue;
import org.junit.jupiter.api.Test;

class FlowMetersTest {

    private final FlowCounters counters = new FlowCounters();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double line(String name, String venue, String line, String kind) {
        return registry.get("tapeline.line." + name)
                .tags("venue", venue, "line", line, "kind", kind)
                .functionCounter()
                .count();
    }

    @Test
    void theFlowAndEachLineAreMetersLinesThatComeLaterToo() {
        counters.lines().of(Venue.BINANCE, "a", LineKind.DEPTH).count(LineFlow.MISSED_IDS, 7);
        new FlowMeters(counters).bindTo(registry);
        counters.count(Flow.DEPTH_RECEIVED);
        counters.lines().of(Venue.DERIBIT, "b", LineKind.TICKERS).count(LineFlow.FIRST);

        assertThat(registry.get("tapeline.aggregator.depth.received").functionCounter().count())
                .isEqualTo(1);
        assertThat(line("missed-ids", "binance", "a", "depth")).isEqualTo(7);
        assertThat(line("first", "deribit", "b", "tickers")).isEqualTo(1);
    }
}
