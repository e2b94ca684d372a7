package io.tapeline.query.record;

import io.tapeline.query.consume.Brokers;
import io.tapeline.query.history.Position;
import io.tapeline.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Where recording goes on in each partition: where the history ends, or at the beginning of a topic
 * that it does not know, or that was made anew under its name.
 */
final class StartPositions {

    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    private StartPositions() {}

    static List<TopicPartitionOffset> of(
            Brokers brokers,
            List<Topic<?>> topics,
            List<Position> recorded,
            RecordingCounts counts) {
        Map<String, Position> known = new HashMap<>();
        recorded.forEach(
                position -> known.put(place(position.topic(), position.partition()), position));
        List<TopicPartitionOffset> starts = new ArrayList<>();
        for (Topic<?> topic : topics) {
            for (int partition = 0; partition < brokers.partitions(); partition++) {
                starts.add(start(brokers, topic, partition, known, counts));
            }
        }
        return starts;
    }

    private static TopicPartitionOffset start(
            Brokers brokers,
            Topic<?> topic,
            int partition,
            Map<String, Position> known,
            RecordingCounts counts) {
        long begin =
                brokers.begins().getOrDefault(topic.name(), Map.of()).getOrDefault(partition, 0L);
        Position position = known.get(place(topic.name(), partition));
        if (position == null || !position.topicId().equals(brokers.topicIds().get(topic.name()))) {
            return new TopicPartitionOffset(topic.name(), partition, begin);
        }
        if (position.nextOffset() < begin) {
            counts.missed(begin - position.nextOffset());
            LOG.atError()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("partition", partition)
                    .addKeyValue("from", position.nextOffset())
                    .addKeyValue("to", begin)
                    .log("recording: the topic has dropped records that were not recorded yet");
            return new TopicPartitionOffset(topic.name(), partition, begin);
        }
        return new TopicPartitionOffset(topic.name(), partition, position.nextOffset());
    }

    private static String place(String topic, int partition) {
        return topic + "/" + partition;
    }
}
