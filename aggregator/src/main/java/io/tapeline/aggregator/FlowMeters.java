package io.tapeline.aggregator;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.aggregator.topology.FlowCounters;

/**
 * The counters of {@link Flow} as meters, {@code tapeline.aggregator.depth.received} and so on, and
 * those of {@link LineFlow}, {@code tapeline.line.received} and so on, which carry the venue, the
 * line and the kind as tags.
 */
final class FlowMeters implements MeterBinder {

    private static final String PREFIX = "tapeline.aggregator.";
    private static final String LINE_PREFIX = "tapeline.line.";
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final FlowCounters counters;

    FlowMeters(FlowCounters counters) {
        this.counters = counters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Flow flow : Flow.values()) {
            FunctionCounter.builder(PREFIX + flow.id(), counters, held -> held.of(flow))
                    .register(registry);
        }
        Gauge.builder(
                        PREFIX + "newest.event.seconds",
                        counters,
                        held -> held.newestEventMicros() / (double) MICROS_PER_SECOND)
                .description("Newest event time seen, in seconds since the epoch")
                .register(registry);
        counters.lines().forEach(tally -> bind(tally, registry));
    }

    private static void bind(LineTally tally, MeterRegistry registry) {
        for (LineFlow flow : LineFlow.values()) {
            FunctionCounter.builder(LINE_PREFIX + flow.id(), tally, held -> held.of(flow))
                    .tag("venue", tally.venue().id())
                    .tag("line", tally.line())
                    .tag("kind", tally.kind().id())
                    .register(registry);
        }
    }
}
