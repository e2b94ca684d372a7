package io.tapeline.ingestor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import java.util.function.ToIntFunction;

/** The same for the venues other than Binance, told apart by the tags venue and line. */
final class SourceMeters implements MeterBinder {

    private final Ingestor ingestor;

    SourceMeters(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (SourceCounters counters : ingestor.sourceCounters()) {
            for (SourceCounters.Count count : SourceCounters.Count.values()) {
                FunctionCounter.builder(count.meter(), counters, c -> c.get(count))
                        .tag("venue", counters.venue().id())
                        .register(registry);
            }
        }
        gauge(registry, "connections.open", SourceState::open);
        gauge(registry, "streams.wanted", SourceState::wanted);
        gauge(registry, "streams.arriving", SourceState::arriving);
    }

    private void gauge(MeterRegistry registry, String name, ToIntFunction<SourceState> value) {
        for (SourceState source : ingestor.sources()) {
            Gauge.builder(
                            "tapeline.ingestor.source." + name,
                            ingestor,
                            current ->
                                    current.sources().stream()
                                            .filter(now ->
                                                    now.venue() == source.venue()
                                                            && now.line().equals(source.line()))
                                            .mapToInt(value)
                                            .sum())
                    .tag("venue", source.venue().id())
                    .tag("line", source.line())
                    .register(registry);
        }
    }
}
