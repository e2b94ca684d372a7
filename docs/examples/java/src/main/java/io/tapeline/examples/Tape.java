package io.tapeline.examples;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A reader of one topic that joins no group and keeps no offsets. */
final class Tape {

    /** Protobuf's {@code parseFrom}. */
    @FunctionalInterface
    interface Decoder<V> {
        V decode(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private Tape() {}

    /**
     * Hands over each record of an instrument, from the oldest on, until one is answered with true.
     */
    static <V> void read(
            String bootstrap,
            String topic,
            String instrument,
            Decoder<V> decoder,
            Predicate<V> take)
            throws InvalidProtocolBufferException {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        // Java's client reads what was never committed, too, unless told otherwise.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofSeconds(1))) {
                    if (instrument.equals(entry.key())
                            && entry.value() != null
                            && take.test(decoder.decode(entry.value()))) {
                        return;
                    }
                }
            }
        }
    }
}
