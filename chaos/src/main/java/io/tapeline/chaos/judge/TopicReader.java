package io.tapeline.chaos.judge;

import io.tapeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what a consumer of committed records finds in a topic, from its beginning to its end as of
 * now.
 */
public final class TopicReader {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TopicReader() {}

    /** Reads again until the records are as wanted; fails with how many there were at the end. */
    public static <V> List<ConsumerRecord<String, V>> await(
            String bootstrap, Topic<V> topic, Predicate<List<ConsumerRecord<String, V>>> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<ConsumerRecord<String, V>> read = readAll(bootstrap, topic);
        while (!wanted.test(read)) {
            if (System.nanoTime() - deadline > 0) {
                throw new Contradiction(
                        topic.name()
                                + " was not as wanted in "
                                + PATIENCE
                                + ": "
                                + read.size()
                                + " records");
            }
            read = readAll(bootstrap, topic);
        }
        return read;
    }

    /** In order of the offsets within a partition; partitions one after another. */
    public static <V> List<ConsumerRecord<String, V>> readAll(String bootstrap, Topic<V> topic) {
        List<ConsumerRecord<String, V>> read = new ArrayList<>();
        Map<String, Object> config =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), topic.serde().deserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.name()).stream()
                            .map(info -> new TopicPartition(topic.name(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Tail.read(consumer, partitions, read::add);
        }
        return read;
    }
}
