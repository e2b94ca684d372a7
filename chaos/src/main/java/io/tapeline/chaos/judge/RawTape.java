package io.tapeline.chaos.judge;

import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What has come to the raw topics: for each stream the payloads, and when each line brought the
 * newest. Read by what any consumer has, without the product's decoders.
 */
public final class RawTape implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private Map<String, Set<String>> payloads = new HashMap<>();
    private Map<String, Set<String>> olderPayloads = Map.of();
    private final Map<String, Map<String, Long>> newestNanos = new HashMap<>();

    public RawTape(String bootstrap, Topics topics) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                50),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        partitions =
                Stream.of(topics.rawKlines(), topics.rawTickers(), topics.rawDepth())
                        .map(Topic::name)
                        .flatMap(name -> consumer.partitionsFor(name).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads what is there as of now.
     *
     * @throws KafkaException if it cannot be read now; what was read before that is kept
     */
    public List<ConsumerRecord<String, byte[]>> update() {
        List<ConsumerRecord<String, byte[]>> fresh = new ArrayList<>();
        Tail.read(
                consumer,
                partitions,
                entry -> {
                    take(entry);
                    fresh.add(entry);
                });
        return fresh;
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        String stream = header(entry, "stream");
        String line = header(entry, "line");
        payloads.computeIfAbsent(stream, s -> new HashSet<>())
                .add(new String(entry.value(), StandardCharsets.UTF_8));
        newestNanos
                .computeIfAbsent(stream, s -> new HashMap<>())
                .merge(line, receivedNanos(entry), Math::max);
    }

    public static String header(ConsumerRecord<String, byte[]> entry, String name) {
        return new String(bytes(entry, name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ConsumerRecord<String, byte[]> entry, String name) {
        Header header = entry.headers().lastHeader(name);
        if (header == null) {
            throw new Contradiction(entry.topic() + " has a record without " + name);
        }
        return header.value();
    }

    public static long receivedNanos(ConsumerRecord<String, byte[]> entry) {
        return ByteBuffer.wrap(bytes(entry, "rx")).getLong();
    }

    public boolean has(String stream, String payload) {
        return payloads.getOrDefault(stream, Set.of()).contains(payload)
                || olderPayloads.getOrDefault(stream, Set.of()).contains(payload);
    }

    /** When the stream's newest record of that line was received, epoch ns; 0 if there is none. */
    public long newestNanos(String stream, String line) {
        return newestNanos.getOrDefault(stream, Map.of()).getOrDefault(line, 0L);
    }

    /**
     * Forgets the payloads that were there at the last call, so that a long test stays small; those
     * that came since may be of events that are yet to be judged.
     */
    public void forgetOlderPayloads() {
        olderPayloads = payloads;
        payloads = new HashMap<>();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
