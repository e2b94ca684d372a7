package io.tapeline.ingestor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters;
import java.util.function.ToIntFunction;

/** The ingestor's counters and states as meters; what each means, its {@code Count} says. */
public final class IngestorMeters implements MeterBinder {

    private final Ingestor ingestor;

    public IngestorMeters(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (IngestorCounters.Count count : IngestorCounters.Count.values()) {
            FunctionCounter.builder(
                            count.meter(), ingestor.counters(), counters -> counters.get(count))
                    .register(registry);
        }
        gauge(registry, "instruments", Ingestor::instruments);
        gauge(registry, "rest.weight.used", Ingestor::usedWeight);
        gauge(registry, "rest.waiting", Ingestor::waitingRequests);
        gauge(registry, "rest.clock.ahead.ms", Ingestor::clockAheadMillis);
        Gauge.builder(
                        "tapeline.ingestor.buffer.free.bytes",
                        ingestor,
                        current -> current.buffer().freeBytes())
                .register(registry);
        lines(registry, "line.connections.open", BinanceLine.State::open);
        lines(registry, "line.streams.wanted", BinanceLine.State::wanted);
        lines(registry, "line.streams.subscribed", BinanceLine.State::subscribed);
        new SourceMeters(ingestor).bindTo(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToIntFunction<Ingestor> value) {
        Gauge.builder("tapeline.ingestor." + name, ingestor, value::applyAsInt).register(registry);
    }

    private void lines(
            MeterRegistry registry, String name, ToIntFunction<BinanceLine.State> value) {
        for (BinanceLine.State line : ingestor.lines()) {
            Gauge.builder(
                            "tapeline.ingestor." + name,
                            ingestor,
                            current ->
                                    current.lines().stream()
                                            .filter(state -> state.line().equals(line.line()))
                                            .mapToInt(value)
                                            .sum())
                    .tag("line", line.line())
                    .register(registry);
        }
    }
}
