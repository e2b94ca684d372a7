package io.tapeline.benchmarks.api;

import io.tapeline.benchmarks.broker.Backlog;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** As many pairs as the exchange has, each with a price, and one with a book. */
final class KnownMarket {

    static final int PAIRS = 2_200;
    static final String BUSY = "BTCUSDT";
    private static final long SEED = 20_261_122;
    private static final String TICKER =
            "{\"e\":\"24hrMiniTicker\",\"E\":%d,\"s\":\"%s\",\"c\":\"%d.%08d\","
                    + "\"o\":\"61902.01000000\",\"h\":\"62738.00000000\",\"l\":\"57590.10000000\","
                    + "\"v\":\"48745.93720000\",\"q\":\"2990186401.77126390\"}";

    private final Topics topics;
    private final int partitions;

    KnownMarket(Topics topics, int partitions) {
        this.topics = topics;
        this.partitions = partitions;
    }

    /** Writes the book's snapshot and every pair's statistics into the raw topics. */
    void tell(String bootstrap, DepthTape tape) {
        new Backlog(topics, partitions, List.of(BUSY)).snapshots(bootstrap, tape);
        Random random = new Random(SEED);
        Map<String, Object> config =
                new HashMap<>(
                        KafkaPublisher.config(ProducerSettings.ofDefaults(bootstrap), "market"));
        // Here the one who writes can wait.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000L);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String symbol : symbols()) {
                send(
                        producer,
                        symbol,
                        TICKER.formatted(
                                System.currentTimeMillis(),
                                symbol,
                                random.nextInt(100_000),
                                random.nextInt(100_000_000)));
            }
        }
    }

    private static List<String> symbols() {
        List<String> symbols = new ArrayList<>(List.of(BUSY));
        for (int i = 1; i < PAIRS; i++) {
            symbols.add("P%04dUSDT".formatted(i));
        }
        return symbols;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String symbol, String payload) {
        Instrument instrument = Instrument.binance(symbol);
        RawRecord record =
                new RawRecord(
                        instrument,
                        payload.getBytes(StandardCharsets.UTF_8),
                        symbol.toLowerCase(Locale.ROOT) + "@miniTicker",
                        "a",
                        EpochNanos.of(Instant.now()),
                        ExchangeTimeUnit.MILLISECONDS);
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topics.rawTickers().name(),
                                InstrumentPartitioner.partitionOf(instrument, partitions),
                                instrument.id().getBytes(StandardCharsets.UTF_8),
                                record.payload(),
                                RawHeaders.of(record)));
    }
}
