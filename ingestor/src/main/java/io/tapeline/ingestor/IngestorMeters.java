package io.tapeline.ingestor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.SourceCounters;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ingestor's counters and states as meters; which equation each belongs to and when to alert,
 * its {@code Count} says.
 */
public final class IngestorMeters implements MeterBinder {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Ingestor ingestor;

    public IngestorMeters(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counters(registry);
        gauge(
                registry,
                "instruments",
                null,
                "Instruments that this process streams, on whatever line",
                Ingestor::instruments);
        gauge(
                registry,
                "rest.weight.used",
                null,
                "Binance's weight taken as used in this minute, by all who share the address",
                Ingestor::usedWeight);
        gauge(
                registry,
                "rest.weight.limit",
                null,
                "Weight that Binance allows in a minute",
                Ingestor::weightLimit);
        gauge(
                registry,
                "rest.still",
                "seconds",
                "For how long Binance forbids requests after a 429, 418 or 403; 0: it does not",
                now -> now.stillMillis() / MILLIS_PER_SECOND);
        gauge(
                registry,
                "rest.waiting",
                null,
                "REST requests that wait for their turn",
                Ingestor::waitingRequests);
        gauge(
                registry,
                "rest.clock.ahead",
                "seconds",
                "How far Binance's clock is ahead of this machine's; negative: behind",
                now -> now.clockAheadMillis() / MILLIS_PER_SECOND);
        gauge(
                registry,
                "buffer.free",
                "bytes",
                "Room left for events that wait for Kafka",
                now -> now.buffer().freeBytes());
        gauge(
                registry,
                "buffer.size",
                "bytes",
                "Room for events that wait for Kafka",
                now -> now.buffer().totalBytes());
        new LineMeters(ingestor).bindTo(registry);
    }

    private void counters(MeterRegistry registry) {
        for (IngestorCounters.Count count : IngestorCounters.Count.values()) {
            FunctionCounter.builder(
                            count.meter(), ingestor.counters(), counters -> counters.get(count))
                    .description(count.description())
                    .register(registry);
        }
        for (SourceCounters counters : ingestor.sourceCounters()) {
            for (SourceCounters.Count count : SourceCounters.Count.values()) {
                FunctionCounter.builder(count.meter(), counters, c -> c.get(count))
                        .description("Of a venue other than Binance: " + count.description())
                        .tag("venue", counters.venue().id())
                        .register(registry);
            }
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Ingestor> value) {
        Gauge.builder("tapeline.ingestor." + name, ingestor, value)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }
}
