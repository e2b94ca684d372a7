package io.tapeline.benchmarks.broker;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills {@code raw.depth} with a tape under many symbols, which take turns diff by diff. */
public final class Backlog {

    private final Topics topics;
    private final int partitions;
    private final List<String> symbols;

    /**
     * @param symbols under which the tape is written
     */
    public Backlog(Topics topics, int partitions, List<String> symbols) {
        this.topics = topics;
        this.partitions = partitions;
        this.symbols = List.copyOf(symbols);
    }

    /** Writes snapshots and diffs; says how many records these are. */
    public long fill(String bootstrap, DepthTape tape) {
        long records = snapshots(bootstrap, tape);
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            for (String diff : tape.diffs()) {
                for (String symbol : symbols) {
                    send(producer, tape, symbol, diff, "x@depth@100ms");
                    records++;
                }
            }
        }
        return records;
    }

    /** Writes the snapshots alone; says how many records these are. */
    public long snapshots(String bootstrap, DepthTape tape) {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            for (String symbol : symbols) {
                send(producer, tape, symbol, tape.snapshot(), "rest/depth?limit=1000");
            }
        }
        return symbols.size();
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        Map<String, Object> config =
                new HashMap<>(
                        KafkaPublisher.config(ProducerSettings.ofDefaults(bootstrap), "backlog"));
        // Here the one who writes can wait.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000L);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer,
            DepthTape tape,
            String symbol,
            String payload,
            String stream) {
        Instrument instrument = Instrument.binance(symbol);
        RawRecord record =
                new RawRecord(
                        instrument,
                        DepthTape.renamed(payload, tape.symbol(), symbol)
                                .getBytes(StandardCharsets.UTF_8),
                        stream,
                        "a",
                        EpochNanos.of(Instant.now()),
                        ExchangeTimeUnit.MILLISECONDS);
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topics.rawDepth().name(),
                                InstrumentPartitioner.partitionOf(instrument, partitions),
                                instrument.id().getBytes(StandardCharsets.UTF_8),
                                record.payload(),
                                RawHeaders.of(record)));
    }
}
