package io.tapeline.schemas.topic;

import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.CodecSerde;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A topic, declared. Its key is an instrument's id, UTF-8.
 *
 * @param <V> the value
 * @param retention how long a record is kept, by its timestamp; of a compacted topic how long a
 *     tombstone is. A record written with an old timestamp is as old as that.
 * @param maxRecordBytes largest batch as it travels, compressed
 */
public record Topic<V>(
        String name, Codec<V> codec, Cleanup cleanup, Duration retention, int maxRecordBytes) {

    /** What happens to old records. */
    public enum Cleanup {
        /** All are dropped after the retention. */
        DELETE,
        /** The newest of each key stays for ever. */
        COMPACT
    }

    private static final int MEBIBYTE = 1 << 20;

    public Topic {
        if (name.isEmpty() || name.length() > 249 || !name.matches("[a-zA-Z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "topic: name \"" + name + "\" is not 1 to 249 of a-z A-Z 0-9 . _ -");
        }
        if (retention.isNegative() || retention.isZero() || maxRecordBytes <= 0) {
            throw new IllegalArgumentException(
                    "topic "
                            + name
                            + ": retention "
                            + retention
                            + " or largest record "
                            + maxRecordBytes
                            + " is not positive");
        }
    }

    public Serde<String> keySerde() {
        return Serdes.String();
    }

    public Serde<V> serde() {
        return new CodecSerde<>(codec);
    }

    public NewTopic toNewTopic(int partitions, short replication) {
        return new NewTopic(name, partitions, replication).configs(configs());
    }

    private Map<String, String> configs() {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxRecordBytes));
        switch (cleanup) {
            case DELETE -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
                // Only whole segments are dropped: a segment is at most a quarter of the retention.
                configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(retention.dividedBy(4)));
                configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(256 * MEBIBYTE));
            }
            case COMPACT -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                configs.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(retention));
                // The segment being written is never compacted, and a new reader reads it whole.
                configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofHours(1)));
                configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * MEBIBYTE));
                configs.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
                configs.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofHours(6)));
            }
        }
        return Map.copyOf(configs);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
