package io.tapeline.query.produce;

import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers of little that must not be lost: acknowledged by all, in their order, once. */
public final class TopicProducer {

    /** Of what is written here some records wait at a time, none above a mebibyte or two. */
    private static final long BUFFER_BYTES = 8L << 20;

    /** Less than the whole time, so that what is lost can be sent again. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

    private static final Duration REST = Duration.ofSeconds(1);

    private TopicProducer() {}

    /**
     * @param within a record that is not delivered by then has failed; above one second
     */
    public static KafkaProducer<byte[], byte[]> of(
            KafkaAccess kafka, Topic<?> topic, Duration within) {
        int millis = Math.toIntExact(within.toMillis());
        Duration rest = within.minus(REST);
        Duration request = rest.compareTo(LONGEST_REQUEST) < 0 ? rest : LONGEST_REQUEST;
        return new KafkaProducer<>(
                kafka.client(
                        Map.of(
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                BUFFER_BYTES,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                millis,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                millis,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(request.toMillis()),
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                topic.maxRecordBytes())),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
