package io.tapeline.aggregator;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes raw records as an ingestor would. */
public final class RawFeed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topics topics;
    private final Clock clock;

    public RawFeed(String bootstrap, Topics topics) {
        this(bootstrap, topics, Clock.systemUTC());
    }

    /**
     * @param clock of the machine that receives
     */
    public RawFeed(String bootstrap, Topics topics, Clock clock) {
        this.topics = topics;
        this.clock = clock;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                256 << 10,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    public void depth(Instrument instrument, byte[] payload) {
        send(topics.rawDepth().name(), instrument, "x@depth@100ms", payload);
    }

    public void snapshot(Instrument instrument, byte[] payload) {
        send(topics.rawDepth().name(), instrument, "rest/depth?limit=5000", payload);
    }

    public void kline(Instrument instrument, byte[] payload) {
        send(topics.rawKlines().name(), instrument, "x@kline_1m", payload);
    }

    public void restKline(Instrument instrument, byte[] payload) {
        send(topics.rawKlines().name(), instrument, "rest/klines?interval=1m", payload);
    }

    public void ticker(Instrument instrument, byte[] payload) {
        send(topics.rawTickers().name(), instrument, "x@ticker", payload);
    }

    private void send(String topic, Instrument instrument, String stream, byte[] payload) {
        RawRecord record =
                new RawRecord(
                        instrument,
                        payload,
                        stream,
                        "a",
                        EpochNanos.of(clock.instant()),
                        ExchangeTimeUnit.MILLISECONDS);
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                null,
                                instrument.id().getBytes(StandardCharsets.UTF_8),
                                payload,
                                RawHeaders.of(record)));
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
