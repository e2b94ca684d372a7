package io.tapeline.benchmarks.ingest;

import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The ingestor's producer without an ingestor: payloads, keys and headers are at hand, nothing is
 * received, and where the buffer is full the one thread that sends waits.
 */
final class BareProducer implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();
    private final List<Header> streams = new ArrayList<>();
    private final Header line = header(RawHeaders.LINE, "a");
    private final Header unit = header(RawHeaders.UNIT, ExchangeTimeUnit.MILLISECONDS.id());

    BareProducer(String bootstrap, String topic, int partitionCount, List<String> symbols) {
        this.topic = topic;
        Map<String, Object> config =
                new HashMap<>(
                        KafkaPublisher.config(ProducerSettings.ofDefaults(bootstrap), "bare"));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000L);
        this.producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        for (String symbol : symbols) {
            Instrument instrument = Instrument.binance(symbol);
            keys.add(instrument.id().getBytes(StandardCharsets.UTF_8));
            partitions.add(InstrumentPartitioner.partitionOf(instrument, partitionCount));
            streams.add(header(RawHeaders.STREAM, FrameBlock.stream(symbol)));
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends so many events of the block, from its beginning again when it is through. */
    void send(FrameBlock block, long events) {
        Callback delivery =
                (_, failed) -> {
                    if (failed == null) {
                        acknowledged.increment();
                    } else {
                        failure.compareAndSet(null, failed);
                    }
                };
        int at = 0;
        for (long sent = 0; sent < events; sent++) {
            long nowMillis = System.currentTimeMillis();
            int symbol = block.symbolOf[at];
            byte[] received =
                    ByteBuffer.allocate(Long.BYTES).putLong(nowMillis * 1_000_000).array();
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    partitions.get(symbol),
                                    nowMillis,
                                    keys.get(symbol),
                                    block.payloads[at],
                                    Arrays.asList(
                                            streams.get(symbol),
                                            line,
                                            new RecordHeader(RawHeaders.RECEIVED, received),
                                            unit)),
                            delivery);
            at = at + 1 == block.size() ? 0 : at + 1;
        }
        producer.flush();
    }

    /**
     * @throws IllegalStateException if a record could not be delivered
     */
    long acknowledged() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("bare producer: a record was not delivered", failed);
        }
        return acknowledged.sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
