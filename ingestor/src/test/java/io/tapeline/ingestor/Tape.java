package io.tapeline.ingestor;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What stands in the topics, read whole. */
public record Tape(String bootstrap) {

    /** All records of the topic as of now, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.name()).stream()
                            .map(p -> new TopicPartition(topic.name(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The raw records of a topic by stream, each as it was sent. */
    public Map<String, List<RawRecord>> raw(Topic<byte[]> topic) {
        Map<String, List<RawRecord>> streams = new LinkedHashMap<>();
        records(topic)
                .forEach(record -> {
                    RawRecord raw =
                            RawHeaders.read(
                                    Instrument.parse(
                                            new String(record.key(), StandardCharsets.UTF_8)),
                                    record.value(),
                                    record.headers());
                    streams.computeIfAbsent(raw.stream(), _ -> new ArrayList<>()).add(raw);
                });
        return streams;
    }

    public <V> List<V> values(Topic<V> topic) {
        return records(topic).stream().map(record -> decoded(topic, record)).toList();
    }

    private static <V> V decoded(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
        try {
            return topic.codec().decode(record.value());
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    public <V> void write(Topic<V> topic, String key, V value) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(),
                                    key.getBytes(StandardCharsets.UTF_8),
                                    topic.codec().encode(value)));
        }
    }
}
