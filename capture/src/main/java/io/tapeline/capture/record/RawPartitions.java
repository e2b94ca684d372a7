package io.tapeline.capture.record;

import io.tapeline.capture.tape.RawTopic;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The partitions that are captured, in a fixed order, and the offsets in them. */
final class RawPartitions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Receive times within a partition are almost in order: this is how far they may be apart. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final List<RawTopic> topics = new ArrayList<>();

    private RawPartitions(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * @throws IOException if a topic is not there
     */
    static RawPartitions of(Consumer<byte[], byte[]> consumer, Topics topics, Set<RawTopic> wanted)
            throws IOException {
        RawPartitions found = new RawPartitions(consumer);
        for (RawTopic topic : wanted) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic.in(topics), PATIENCE);
            if (infos == null || infos.isEmpty()) {
                throw new IOException("there is no topic " + topic.in(topics));
            }
            infos.stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                    .forEach(partition -> {
                        found.partitions.add(partition);
                        found.topics.add(topic);
                    });
        }
        return found;
    }

    List<TopicPartition> all() {
        return partitions;
    }

    TopicPartition get(int index) {
        return partitions.get(index);
    }

    RawTopic topic(int index) {
        return topics.get(index);
    }

    int count() {
        return partitions.size();
    }

    /** As checkpoints name it. */
    static String name(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    /** The offsets at which a new capture begins. */
    Map<TopicPartition, Long> beginning(Beginning from) {
        return switch (from) {
            case Beginning.Earliest() -> consumer.beginningOffsets(partitions, PATIENCE);
            case Beginning.Latest() -> ends();
            case Beginning.At(var time) -> {
                Map<TopicPartition, Long> times = new HashMap<>();
                long millis = Math.max(0, time.minus(DISORDER).toEpochMilli());
                partitions.forEach(partition -> times.put(partition, millis));
                Map<TopicPartition, Long> offsets = ends();
                Map<TopicPartition, OffsetAndTimestamp> found =
                        consumer.offsetsForTimes(times, PATIENCE);
                found.forEach((partition, at) -> {
                    // Null where the partition has nothing so late.
                    if (at != null) {
                        offsets.put(partition, at.offset());
                    }
                });
                yield offsets;
            }
        };
    }

    /** The offsets behind the last records there are now. */
    Map<TopicPartition, Long> ends() {
        return new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
    }
}
