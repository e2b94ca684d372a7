package io.tapeline.query.history;

/**
 * How far a partition has been recorded.
 *
 * @param topicId Kafka's id of the topic: a topic of the same name that was made anew has another,
 *     and its offsets mean something else
 * @param nextOffset of the first record that is not in the history
 */
public record Position(String topic, String topicId, int partition, long nextOffset) {

    public Position {
        if (partition < 0 || nextOffset < 0) {
            throw new IllegalArgumentException(
                    "position of "
                            + topic
                            + ": partition "
                            + partition
                            + " or next offset "
                            + nextOffset
                            + " is negative");
        }
    }
}
