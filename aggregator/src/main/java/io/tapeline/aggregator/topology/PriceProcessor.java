package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.price.PriceVerdict;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.tap.Kind;
import io.tapeline.aggregator.tap.Tap;
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
    private final Tap tap;
    private @Nullable ProcessorContext<byte[], LatestPrice> context;
    private @Nullable KeyValueStore<String, Sourced<KnownPrice>> prices;

    PriceProcessor(PriceArbiter arbiter, FlowCounters counters, Tap tap) {
        this.arbiter = arbiter;
        this.counters = counters;
        this.tap = tap;
    }

    @Override
    public void init(ProcessorContext<byte[], LatestPrice> processorContext) {
        context = processorContext;
        prices = processorContext.getStateStore(StoreNames.PRICES);
        tap.gone(Kind.PRICES, processorContext.taskId().partition());
    }

    @Override
    public void close() {
        if (context != null) {
            tap.gone(Kind.PRICES, context.taskId().partition());
        }
    }

    @Override
    public void process(Record<byte[], PriceCandidate> record) {
        KeyValueStore<String, Sourced<KnownPrice>> store =
                Objects.requireNonNull(prices, "not initialised");
        PriceCandidate candidate = record.value();
        String key = candidate.price().instrument().id();
        Sourced<KnownPrice> held = store.get(key);
        KnownPrice known = held == null ? null : held.value();
        PriceVerdict verdict = arbiter.decide(known, candidate.price());
        counters.count(Flow.PRICES_TOLD);
        count(verdict, candidate.line());
        if (verdict == PriceVerdict.ACCEPTED || verdict == PriceVerdict.CONFIRMED) {
            KnownPrice after = PriceArbiter.after(verdict, known, candidate.price());
            store.put(key, new Sourced<>(after, candidate.source()));
        }
        if (verdict == PriceVerdict.ACCEPTED) {
            tap.price(candidate.price());
            Objects.requireNonNull(context, "not initialised")
                    .forward(record.withValue(candidate.price()));
        }
    }

    private void count(PriceVerdict verdict, @Nullable LineTally line) {
        switch (verdict) {
            case ACCEPTED -> count(Flow.PRICES_ACCEPTED, line, LineFlow.FIRST);
            case CONFIRMED -> count(Flow.PRICES_CONFIRMED, line, LineFlow.PASSED_OVER);
            case DUPLICATE -> count(Flow.PRICES_DUPLICATES, line, LineFlow.DUPLICATES);
            case LATE -> count(Flow.PRICES_LATE, line, LineFlow.LATE);
            case POORER -> count(Flow.PRICES_POORER, line, LineFlow.PASSED_OVER);
        }
    }

    private void count(Flow flow, @Nullable LineTally line, LineFlow ofLine) {
        counters.count(flow);
        if (line != null) {
            line.count(ofLine);
        }
    }
}
