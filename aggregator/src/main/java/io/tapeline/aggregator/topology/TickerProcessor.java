package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.Ticker;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Tickers to the newest statistics, and to a candidate for the latest price. */
final class TickerProcessor extends RawProcessor<Ticker> {

    private final PriceArbiter arbiter;
    private @Nullable KeyValueStore<String, Sourced<Ticker>> tickers;

    TickerProcessor(RawDecoder<Ticker> decoder, PriceArbiter arbiter, FlowCounters counters) {
        super(decoder, counters, Flow.TICKERS_RECEIVED, Flow.TICKERS_DEAD);
        this.arbiter = arbiter;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        super.init(processorContext);
        tickers = processorContext.getStateStore(StoreNames.TICKERS);
    }

    @Override
    void accept(Record<byte[], byte[]> record, Ticker ticker, RecordSource source) {
        KeyValueStore<String, Sourced<Ticker>> store =
                Objects.requireNonNull(tickers, "not initialised");
        counters().eventAt(ticker.eventTime().value());
        String key = ticker.instrument().id();
        Sourced<Ticker> held = store.get(key);
        if (!arbiter.accepts(held == null ? null : held.value(), ticker)) {
            counters().count(Flow.TICKERS_OLDER);
            return;
        }
        counters().count(Flow.TICKERS_ACCEPTED);
        store.put(key, new Sourced<>(ticker, source));
        forward(record, TopologyNames.TICKERS, ticker);
        forward(
                record,
                TopologyNames.PRICE_PROCESSOR,
                new PriceCandidate(PriceArbiter.of(ticker), source));
    }
}
