package io.tapeline.benchmarks.broker;

import io.tapeline.schemas.raw.RawHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far things have come in one topic. */
public final class Offsets {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Admin admin;
    private final String bootstrap;
    private final List<TopicPartition> partitions;

    public Offsets(Admin admin, String bootstrap, String topic, int partitionCount) {
        this.admin = admin;
        this.bootstrap = bootstrap;
        this.partitions =
                IntStream.range(0, partitionCount)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
    }

    /** The sum of the ends; markers of transactions count. */
    public long end() throws InterruptedException, ExecutionException {
        return ends().values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    /** What the group has committed of the topic. */
    public long committed(String group) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        long sum = 0;
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata at = committed.get(partition);
            sum += at == null ? 0 : at.offset();
        }
        return sum;
    }

    /** Reads the topic to its end and counts what is committed and wanted. */
    public long count(Predicate<ConsumerRecord<byte[], byte[]>> wanted)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = ends();
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                10_000,
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                8 << 20),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count += wanted.test(record) ? 1 : 0;
                }
            }
        }
        return count;
    }

    /** Makes room on the disk. */
    public void deleteAll() throws InterruptedException, ExecutionException {
        admin.deleteRecords(
                        ends().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                end ->
                                                        RecordsToDelete.beforeOffset(
                                                                end.getValue()))))
                .all()
                .get();
    }

    /** Whether a raw record came over a stream, not as an answer of REST. */
    public static boolean isStreamed(ConsumerRecord<byte[], byte[]> record) {
        Header stream = record.headers().lastHeader(RawHeaders.STREAM);
        return stream != null
                && !new String(stream.value(), StandardCharsets.UTF_8).startsWith("rest/");
    }

    /**
     * A benchmark that loses or repeats records has measured something else.
     *
     * @throws IllegalStateException if the counts differ
     */
    public static void requireComplete(String what, long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(
                    "%s: %,d records were expected and %,d are there: the figures would mean nothing"
                            .formatted(what, expected, found));
        }
    }
}
