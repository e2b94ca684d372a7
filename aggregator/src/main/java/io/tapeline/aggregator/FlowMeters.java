package io.tapeline.aggregator;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.query.Restorations;
import io.tapeline.aggregator.topology.FlowCounters;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The counters of the status as meters: those of the flow, of threads replaced, of local snapshots
 * and of restorations, {@code tapeline.aggregator.depth.received} and so on, and those of {@link
 * LineFlow}, {@code tapeline.line.received} and so on, which carry the venue, the line and the kind
 * as tags.
 */
final class FlowMeters implements MeterBinder {

    private static final String PREFIX = "tapeline.aggregator.";
    private static final String LINE_PREFIX = "tapeline.line.";
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final FlowCounters counters;
    private final Restorations restorations;

    FlowMeters(FlowCounters counters, Restorations restorations) {
        this.counters = counters;
        this.restorations = restorations;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(counters.named(), registry);
        bind(restorations.named(), registry);
        Gauge.builder(
                        PREFIX + "newest.event.seconds",
                        counters,
                        held -> held.newestEventMicros() / (double) MICROS_PER_SECOND)
                .description("Newest event time seen, in seconds since the epoch")
                .register(registry);
        counters.lines().forEach(tally -> bind(tally, registry));
    }

    private void bind(Map<String, LongSupplier> named, MeterRegistry registry) {
        named.forEach((name, count) ->
                FunctionCounter.builder(PREFIX + name, counters, _ -> count.getAsLong())
                        .register(registry));
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
