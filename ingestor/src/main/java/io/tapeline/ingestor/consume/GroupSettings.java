package io.tapeline.ingestor.consume;

import io.tapeline.schemas.topic.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How this process takes part in its groups.
 *
 * @param kafka where the groups are
 * @param prefix of the groups' names: that of the topics
 * @param instance name of this process among others
 * @param process differs between all processes, restarts included
 * @param sessionTimeout after which a member that is not heard of has lost its share
 */
public record GroupSettings(
        KafkaAccess kafka,
        String prefix,
        String instance,
        String process,
        Duration sessionTimeout) {

    /**
     * Others hear of a change with their next heartbeat. At the usual third of the session that
     * would add seconds to every hand-over; a twentieth is two small requests a second.
     */
    private static final int HEARTBEATS_A_SESSION = 20;

    public GroupSettings {
        if (sessionTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "group settings: sessionTimeout " + sessionTimeout + " is below 1 s");
        }
    }

    /** The group whose members carry the line. */
    public String lineGroup(String line) {
        return prefix + "ingestor.line." + line;
    }

    /** The group whose members do what is done once for all lines. */
    public String restGroup() {
        return prefix + "ingestor.rest";
    }

    /**
     * A member that is there as long as it polls, which joins with its first poll.
     *
     * @param number which of the lines, from 0
     */
    KafkaConsumer<byte[], byte[]> member(String group, int number, String name) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "tapeline-ingestor-" + instance + "-" + name);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(sessionTimeout.toMillis()));
        config.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(sessionTimeout.dividedBy(HEARTBEATS_A_SESSION).toMillis()));
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, LineAssignor.class.getName());
        config.put(LineAssignor.LINE, number);
        config.put(LineAssignor.INSTANCE, instance);
        config.put(LineAssignor.PROCESS, process);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(
                kafka.client(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
