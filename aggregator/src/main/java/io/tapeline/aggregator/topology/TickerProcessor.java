package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Tickers to the newest statistics, and all that tells a price to candidates for the latest. */
final class TickerProcessor extends RawProcessor<TickerRecord> {

    private final PriceArbiter arbiter;
    private @Nullable KeyValueStore<String, Sourced<Ticker>> tickers;

    TickerProcessor(
            RawDecoder<TickerRecord> decoder,
            PriceArbiter arbiter,
            FlowCounters counters,
            Tap tap) {
        super(decoder, counters, tap, LineKind.TICKERS, Flow.TICKERS_RECEIVED, Flow.TICKERS_DEAD);
        this.arbiter = arbiter;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        super.init(processorContext);
        tickers = processorContext.getStateStore(StoreNames.TICKERS);
    }

    @Override
    void accept(
            Record<byte[], byte[]> record, TickerRecord told, RecordSource source, LineTally line) {
        switch (told) {
            case TickerRecord.Statistics(Ticker ticker) -> accept(record, ticker, source, line);
            case TickerRecord.Rate(LatestPrice price) -> {
                counters().count(Flow.TICKERS_RATES);
                counters().eventAt(LineKind.TICKERS, price.eventTime());
                forward(
                        record,
                        TopologyNames.PRICE_PROCESSOR,
                        new PriceCandidate(price, source, line));
            }
        }
    }

    private void accept(
            Record<byte[], byte[]> record, Ticker ticker, RecordSource source, LineTally line) {
        KeyValueStore<String, Sourced<Ticker>> store =
                Objects.requireNonNull(tickers, "not initialised");
        counters().eventAt(LineKind.TICKERS, ticker.eventTime());
        String key = ticker.instrument().id();
        Sourced<Ticker> held = store.get(key);
        if (!arbiter.accepts(held == null ? null : held.value(), ticker)) {
            count(Flow.TICKERS_OLDER, line, whyNot(Objects.requireNonNull(held).value(), ticker));
            return;
        }
        count(Flow.TICKERS_ACCEPTED, line, LineFlow.FIRST);
        store.put(key, new Sourced<>(ticker, source));
        tap().ticker(ticker);
        forward(record, TopologyNames.TICKERS, ticker);
        forward(
                record,
                TopologyNames.PRICE_PROCESSOR,
                new PriceCandidate(PriceArbiter.of(ticker), source, null));
    }

    private static LineFlow whyNot(Ticker held, Ticker ticker) {
        int newer = ticker.eventTime().compareTo(held.eventTime());
        return newer == 0 ? LineFlow.DUPLICATES : newer < 0 ? LineFlow.LATE : LineFlow.PASSED_OVER;
    }
}
