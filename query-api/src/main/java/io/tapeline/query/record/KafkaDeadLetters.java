package io.tapeline.query.record;

import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Dead letters to their topic, under the key of the record that is dead. */
public final class KafkaDeadLetters implements Recorder.DeadLetters, AutoCloseable {

    private static final int DELIVERY_MS = 30_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topic<DeadLetter> topic;

    public KafkaDeadLetters(KafkaAccess kafka, Topic<DeadLetter> topic) {
        this.topic = topic;
        producer =
                new KafkaProducer<>(
                        kafka.client(
                                Map.of(
                                        ProducerConfig.ACKS_CONFIG,
                                        "all",
                                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                        true,
                                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                        "lz4",
                                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                                        8L << 20,
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                        DELIVERY_MS,
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                        DELIVERY_MS,
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        10_000,
                                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                        topic.maxRecordBytes())),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @Override
    public void send(List<DeadLetter> letters) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (DeadLetter letter : letters) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(),
                                    letter.getKey().toByteArray(),
                                    topic.codec().encode(letter))));
        }
        producer.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new KafkaException("dead letters: not delivered", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
