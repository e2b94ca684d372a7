package io.tapeline.aggregator;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.query.Restorations;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.aggregator.topology.FlowCounters;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The counters of the status as meters: those of the flow, of threads replaced, of local snapshots
 * and of restorations, {@code tapeline.aggregator.depth.received} and so on, and those of {@link
 * LineFlow}, {@code tapeline.line.received} and so on, which carry the venue, the line and the kind
 * as tags. With them, how fresh each kind is.
 */
final class FlowMeters implements MeterBinder {

    private static final String PREFIX = "tapeline.aggregator.";
    private static final String LINE_PREFIX = "tapeline.line.";

    /** Counted among the others, though it falls too. */
    private static final String OPEN_FEEDS = "feed.open";

    /** What those are that no {@link Flow} describes. */
    private static final Map<String, String> DESCRIPTIONS =
            Map.ofEntries(
                    Map.entry("threads.replaced", "Stream threads that failed and were replaced"),
                    Map.entry("feed.told", "Events told to query APIs, once for each"),
                    Map.entry("feed.overflowed", "Query APIs told anew since too much waited"),
                    Map.entry(OPEN_FEEDS, "Query APIs that follow what is accepted here"),
                    Map.entry("book-snapshots.written", "Local snapshots of books written"),
                    Map.entry("book-snapshots.bytes", "Bytes of local snapshots of books written"),
                    Map.entry("book-snapshots.loaded", "Local snapshots of books restored from"),
                    Map.entry("book-snapshots.damaged", "Local snapshots that could not be read"),
                    Map.entry("book-snapshots.failed", "Local snapshots that were not written"));

    private final FlowCounters counters;
    private final Restorations restorations;

    FlowMeters(FlowCounters counters, Restorations restorations) {
        this.counters = counters;
        this.restorations = restorations;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Flow flow : Flow.values()) {
            FunctionCounter.builder(PREFIX + flow.id(), counters, held -> held.of(flow))
                    .description(flow.description())
                    .register(registry);
        }
        Map<String, LongSupplier> others = new TreeMap<>(counters.named());
        for (Flow flow : Flow.values()) {
            others.remove(flow.id());
        }
        others.forEach((name, count) ->
                bind(registry, name, count, Objects.requireNonNull(DESCRIPTIONS.get(name), name)));
        restorations
                .named()
                .forEach((name, count) ->
                        FunctionCounter.builder(PREFIX + name, restorations, _ -> count.getAsLong())
                                .description("Records of the changelog read to restore the store")
                                .register(registry));
        for (LineKind kind : LineKind.values()) {
            TimeGauge.builder(
                            PREFIX + "newest.event.timestamp",
                            counters,
                            TimeUnit.MICROSECONDS,
                            held -> held.newestEventMicros(kind))
                    .description("Newest event time of the kind, since the epoch; 0: none")
                    .tag("kind", kind.id())
                    .register(registry);
        }
        counters.lines().forEach(tally -> bind(tally, registry));
    }

    private void bind(MeterRegistry registry, String name, LongSupplier count, String description) {
        if (name.equals(OPEN_FEEDS)) {
            Gauge.builder(PREFIX + name, counters, _ -> count.getAsLong())
                    .description(description)
                    .register(registry);
        } else {
            FunctionCounter.builder(PREFIX + name, counters, _ -> count.getAsLong())
                    .description(description)
                    .register(registry);
        }
    }

    private static void bind(LineTally tally, MeterRegistry registry) {
        for (LineFlow flow : LineFlow.values()) {
            FunctionCounter.builder(LINE_PREFIX + flow.id(), tally, held -> held.of(flow))
                    .description(flow.description())
                    .tag("venue", tally.venue().id())
                    .tag("line", tally.line())
                    .tag("kind", tally.kind().id())
                    .register(registry);
        }
        TimeGauge.builder(
                        LINE_PREFIX + "newest.received.timestamp",
                        tally,
                        TimeUnit.NANOSECONDS,
                        LineTally::newestReceivedNanos)
                .description("When an ingestor received the line's newest record, since the epoch")
                .tag("venue", tally.venue().id())
                .tag("line", tally.line())
                .tag("kind", tally.kind().id())
                .register(registry);
    }
}
