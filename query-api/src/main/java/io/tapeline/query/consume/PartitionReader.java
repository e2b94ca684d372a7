package io.tapeline.query.consume;

import io.tapeline.schemas.topic.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * One thread that reads partitions assigned by hand. No group and no committed offsets: where to
 * begin is told by whoever knows what it has. Only committed records are seen. If the handler
 * throws, the partitions are paused and the same batch comes again, after pauses that grow.
 */
public final class PartitionReader implements AutoCloseable {

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 15_000;
    private static final Duration STOP = Duration.ofSeconds(10);

    /** Of Kafka's consumer. */
    private static final String MOST_LAG = "records-lag-max";

    /** Takes records in order; whatever it throws means "again, later". */
    @FunctionalInterface
    public interface Handler {
        void handle(List<ConsumerRecord<byte[], byte[]>> batch) throws InterruptedException;
    }

    /**
     * @param mostRecords of one batch
     * @param patience longest that the broker gathers records for a batch
     * @param wantBytes the broker answers before that once it has as many
     */
    public record Batching(int mostRecords, Duration patience, int wantBytes) {}

    private final String name;
    private final KafkaMessageListenerContainer<byte[], byte[]> container;

    /**
     * @param name of the thread, and of the client to the broker
     */
    public PartitionReader(
            String name,
            KafkaAccess kafka,
            List<TopicPartitionOffset> partitions,
            Batching batching,
            Handler handler) {
        this.name = name;
        ContainerProperties properties =
                new ContainerProperties(partitions.toArray(TopicPartitionOffset[]::new));
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setMessageListener(
                (BatchAcknowledgingMessageListener<byte[], byte[]>)
                        (records, _) -> hand(handler, records));
        properties.setClientId(name);
        properties.setShutdownTimeout(STOP.toMillis());
        container =
                new KafkaMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(config(kafka, batching)), properties);
        container.setBeanName(name);
        ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MS);
        container.setCommonErrorHandler(new DefaultErrorHandler(pauses));
    }

    private static void hand(Handler handler, List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            handler.handle(records);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while handling a batch", e);
        }
    }

    private static Map<String, Object> config(KafkaAccess kafka, Batching batching) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batching.mostRecords());
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, batching.wantBytes());
        config.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                Math.toIntExact(batching.patience().toMillis()));
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        return kafka.client(config);
    }

    public void start() {
        container.start();
    }

    /** As it was told. */
    public String name() {
        return name;
    }

    /**
     * How many committed records the partition that is farthest behind has still to give, as of the
     * newest answers of the broker; NaN while there are none.
     */
    public double lag() {
        return container.metrics().values().stream()
                .flatMap(metrics -> metrics.entrySet().stream())
                .filter(metric -> metric.getKey().name().equals(MOST_LAG))
                .map(metric -> metric.getValue().metricValue())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .max()
                .orElse(Double.NaN);
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    /** After the batch that is being handled. */
    @Override
    public void close() {
        container.stop();
    }
}
