package io.tapeline.chaos.judge;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** From where a consumer stands to the ends as they are when it is asked. */
final class Tail {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A broker that is away for longer is asked for its ends anew. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private Tail() {}

    /**
     * @param taken each record at once, so that none is lost where a later one cannot be read
     * @throws TimeoutException if the ends are not reached in time
     */
    static <V> void read(
            KafkaConsumer<String, V> consumer,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<String, V>> taken) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, WITHIN);
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the ends of " + partitions + " are not reached");
            }
            consumer.poll(POLL).forEach(taken);
        }
    }
}
