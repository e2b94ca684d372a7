package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.candle.MissingCandles;
import io.tapeline.aggregator.line.ClosedCandles;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.proto.Gap;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Candle updates to the candles kept; closed ones once, and what is missing between them. */
final class CandleProcessor extends RawProcessor<Candle> {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final CandleArbiter arbiter;
    private final ClosedCandles closed = new ClosedCandles();
    private @Nullable CandleShelf shelf;
    private @Nullable CandleHoles holes;

    CandleProcessor(
            RawDecoder<Candle> decoder, CandleArbiter arbiter, FlowCounters counters, Tap tap) {
        super(decoder, counters, tap, LineKind.KLINES, Flow.KLINES_RECEIVED, Flow.KLINES_DEAD);
        this.arbiter = arbiter;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        super.init(processorContext);
        KeyValueStore<CandleKey, Sourced<Candle>> candles =
                processorContext.getStateStore(StoreNames.CANDLES);
        KeyValueStore<CandleKey, Gap> gaps = processorContext.getStateStore(StoreNames.CANDLE_GAPS);
        CandleShelf kept = new CandleShelf(candles, arbiter);
        shelf = kept;
        holes = new CandleHoles(gaps, kept, counters());
        processorContext.schedule(
                TICK,
                PunctuationType.WALL_CLOCK_TIME,
                time -> holes().tick(EpochMicros.ofMillis(time), this::forward));
    }

    private CandleHoles holes() {
        return Objects.requireNonNull(holes, "not initialised");
    }

    @Override
    void accept(Record<byte[], byte[]> record, Candle candle, RecordSource source, LineTally line) {
        CandleShelf kept = Objects.requireNonNull(shelf, "not initialised");
        if (candle.closed() && candle.origin() == Origin.STREAM) {
            closed.brought(line, candle.instrument(), candle.interval(), candle.openTime());
        }
        boolean forHistory = candle.origin() == Origin.REST && read(record).isForHistory();
        switch (kept.decide(candle, forHistory)) {
            case EXPIRED -> count(Flow.KLINES_EXPIRED, line, LineFlow.LATE);
            case DUPLICATE, CLOSED_ALREADY ->
                    count(Flow.KLINES_DUPLICATES, line, LineFlow.DUPLICATES);
            case OLDER -> count(Flow.KLINES_DUPLICATES, line, LineFlow.LATE);
            case PAST -> {
                count(Flow.KLINES_PAST, line, LineFlow.LATE);
                forward(record, TopologyNames.KLINES, candle);
            }
            case ACCEPTED -> {
                count(Flow.KLINES_ACCEPTED, line, LineFlow.FIRST);
                take(record, candle, source, kept);
            }
        }
        if (candle.origin() == Origin.REST && !forHistory) {
            holes().answered(candle);
        }
    }

    private void take(
            Record<byte[], byte[]> record, Candle candle, RecordSource source, CandleShelf kept) {
        counters().eventAt(LineKind.KLINES, candle.eventTime());
        @Nullable MissingCandles missing = kept.missingBy(candle);
        kept.put(candle, source);
        tap().candle(candle);
        forward(record, TopologyNames.KLINES, candle);
        if (candle.closed()) {
            holes().closed(candle, now(), this::forward);
        }
        if (missing != null) {
            holes().found(missing, source.received(), now(), this::forward);
        }
        forward(
                record,
                TopologyNames.PRICE_PROCESSOR,
                new PriceCandidate(PriceArbiter.of(candle), source, null));
    }
}
