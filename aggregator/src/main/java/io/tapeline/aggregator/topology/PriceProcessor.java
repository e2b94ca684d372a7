package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.schemas.market.LatestPrice;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Candidates to the latest price. */
final class PriceProcessor implements Processor<byte[], PriceCandidate, byte[], LatestPrice> {

    private final PriceArbiter arbiter;
    private final FlowCounters counters;
    private @Nullable ProcessorContext<byte[], LatestPrice> context;
    private @Nullable KeyValueStore<String, Sourced<LatestPrice>> prices;

    PriceProcessor(PriceArbiter arbiter, FlowCounters counters) {
        this.arbiter = arbiter;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<byte[], LatestPrice> processorContext) {
        context = processorContext;
        prices = processorContext.getStateStore(StoreNames.PRICES);
    }

    @Override
    public void process(Record<byte[], PriceCandidate> record) {
        KeyValueStore<String, Sourced<LatestPrice>> store =
                Objects.requireNonNull(prices, "not initialised");
        PriceCandidate candidate = record.value();
        String key = candidate.price().instrument().id();
        Sourced<LatestPrice> held = store.get(key);
        if (arbiter.accepts(held == null ? null : held.value(), candidate.price())) {
            counters.count(Flow.PRICES_ACCEPTED);
            store.put(key, new Sourced<>(candidate.price(), candidate.source()));
            Objects.requireNonNull(context, "not initialised")
                    .forward(record.withValue(candidate.price()));
        }
    }
}
