package io.tapeline.query.consume;

import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topics;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the topics are.
 *
 * @param kafka how they are reached
 * @param topicIds Kafka's id of each topic, by name
 * @param begins the oldest offset that each topic and partition still has
 */
public record Brokers(
        KafkaAccess kafka,
        Topics topics,
        int partitions,
        Map<String, String> topicIds,
        Map<String, Map<Integer, Long>> begins) {

    public Brokers {
        topicIds = Map.copyOf(topicIds);
        begins =
                begins.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, e -> Map.copyOf(e.getValue())));
    }
}
