package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.BookStoreBuilder;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.aggregator.store.KnownPriceCodec;
import io.tapeline.aggregator.store.NewestStore;
import io.tapeline.aggregator.store.SourcedCodec;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.CodecSerde;
import io.tapeline.schemas.wire.ProtoCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** From raw topics to stores and clean topics: the table of contents of the aggregator. */
public final class AggregatorTopology {

    /**
     * Small segments that are closed and cleaned soon: what is restored is what cleaning has not
     * reached.
     */
    private static final Map<String, String> CHANGELOG =
            Map.of(
                    TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20),
                    TopicConfig.SEGMENT_MS_CONFIG, "3600000",
                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.3");

    private final Topics topics;
    private final BookSync sync;
    private final CandleArbiter candles;
    private final PriceArbiter prices;
    private final FlowCounters counters;
    private final Tap tap;
    private final Duration lookEvery;

    /** Without REST answers for the audit, and without followers. */
    public AggregatorTopology(
            Topics topics,
            BookSync sync,
            CandleArbiter candles,
            PriceArbiter prices,
            FlowCounters counters) {
        this(topics, sync, candles, prices, counters, Tap.closed(), Duration.ZERO);
    }

    /**
     * @param tap told what is accepted
     * @param lookEvery time between two REST answers that the books of a partition are held
     *     against; zero: none
     */
    public AggregatorTopology(
            Topics topics,
            BookSync sync,
            CandleArbiter candles,
            PriceArbiter prices,
            FlowCounters counters,
            Tap tap,
            Duration lookEvery) {
        this.lookEvery = lookEvery;
        this.topics = topics;
        this.sync = sync;
        this.candles = candles;
        this.prices = prices;
        this.counters = counters;
        this.tap = tap;
    }

    public Topology build() {
        Topology topology = new Topology();

        source(topology, TopologyNames.RAW_DEPTH, topics.rawDepth());
        source(topology, TopologyNames.RAW_KLINES, topics.rawKlines());
        source(topology, TopologyNames.RAW_TICKERS, topics.rawTickers());

        topology.addProcessor(
                TopologyNames.BOOK_PROCESSOR,
                () -> new BookProcessor(Decoders::depth, counters, tap, lookEvery),
                TopologyNames.RAW_DEPTH);
        topology.addProcessor(
                TopologyNames.CANDLE_PROCESSOR,
                () -> new CandleProcessor(Decoders::klines, candles, counters, tap),
                TopologyNames.RAW_KLINES);
        topology.addProcessor(
                TopologyNames.TICKER_PROCESSOR,
                () -> new TickerProcessor(Decoders::tickers, prices, counters, tap),
                TopologyNames.RAW_TICKERS);
        topology.addProcessor(
                TopologyNames.PRICE_PROCESSOR,
                () -> new PriceProcessor(prices, counters, tap),
                TopologyNames.TICKER_PROCESSOR,
                TopologyNames.CANDLE_PROCESSOR);

        topology.addStateStore(
                new BookStoreBuilder(StoreNames.BOOKS, sync, counters.snapshots()),
                TopologyNames.BOOK_PROCESSOR);
        topology.addStateStore(candleStore(), TopologyNames.CANDLE_PROCESSOR);
        topology.addStateStore(candleGapStore(), TopologyNames.CANDLE_PROCESSOR);
        topology.addStateStore(
                newestByInstrument(StoreNames.TICKERS, new TickerCodec()),
                TopologyNames.TICKER_PROCESSOR);
        topology.addStateStore(
                newestByInstrument(StoreNames.PRICES, new KnownPriceCodec()),
                TopologyNames.PRICE_PROCESSOR);

        sink(topology, TopologyNames.DEPTH, topics.depth(), TopologyNames.BOOK_PROCESSOR);
        sink(topology, TopologyNames.KLINES, topics.klines(), TopologyNames.CANDLE_PROCESSOR);
        sink(topology, TopologyNames.TICKERS, topics.tickers(), TopologyNames.TICKER_PROCESSOR);
        sink(topology, TopologyNames.PRICES, topics.prices(), TopologyNames.PRICE_PROCESSOR);
        sink(topology, TopologyNames.GAPS, topics.gaps(), TopologyNames.BOOK_PROCESSOR);
        sink(topology, TopologyNames.RESYNC, topics.resync(), TopologyNames.BOOK_PROCESSOR);
        sink(
                topology,
                TopologyNames.DEAD_LETTERS,
                topics.deadLetters(),
                TopologyNames.BOOK_PROCESSOR);
        sink(topology, TopologyNames.CANDLE_GAPS, topics.gaps(), TopologyNames.CANDLE_PROCESSOR);
        sink(
                topology,
                TopologyNames.CANDLE_RESYNC,
                topics.resync(),
                TopologyNames.CANDLE_PROCESSOR);
        sink(
                topology,
                TopologyNames.MARKET_DEAD_LETTERS,
                topics.deadLetters(),
                TopologyNames.CANDLE_PROCESSOR,
                TopologyNames.TICKER_PROCESSOR);
        return topology;
    }

    private static void source(Topology topology, String name, Topic<byte[]> topic) {
        topology.addSource(
                name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.name());
    }

    private static void sink(Topology topology, String name, Topic<?> topic, String... parents) {
        topology.addSink(
                name, topic.name(), new ByteArraySerializer(), topic.serde().serializer(), parents);
    }

    /**
     * On disk: 1,500 candles of each of 1,500 instruments are too much for the heap, and at one
     * update a candle every two seconds RocksDB costs little.
     */
    private static StoreBuilder<?> candleStore() {
        return logged(
                Stores.persistentKeyValueStore(StoreNames.CANDLES),
                new CodecSerde<>(CandleKey.CODEC),
                new SourcedCodec<>(new CandleCodec()));
    }

    /** In heap: there are few. */
    private static StoreBuilder<?> candleGapStore() {
        return logged(
                Stores.inMemoryKeyValueStore(StoreNames.CANDLE_GAPS),
                new CodecSerde<>(CandleKey.CODEC),
                ProtoCodec.of(Gap.getDefaultInstance()));
    }

    /** In heap: one small value for each instrument, changed every second. */
    private static <V> StoreBuilder<?> newestByInstrument(String name, Codec<V> codec) {
        return logged(NewestStore.named(name), Serdes.String(), new SourcedCodec<>(codec));
    }

    private static <K, V> StoreBuilder<?> logged(
            KeyValueBytesStoreSupplier supplier, Serde<K> keys, Codec<V> values) {
        return Stores.keyValueStoreBuilder(supplier, keys, new CodecSerde<>(values))
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
