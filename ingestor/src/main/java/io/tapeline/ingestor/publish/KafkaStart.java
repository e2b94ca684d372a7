package io.tapeline.ingestor.publish;

import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka at the start: the topics are there when this is over. A Kafka that is away, or whose name
 * cannot be resolved yet, may be starting too, and is waited for.
 */
public final class KafkaStart {

    private static final Logger log = LoggerFactory.getLogger(KafkaStart.class);

    private static final Duration LONGEST_TRY = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TRY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private KafkaStart() {}

    /**
     * Makes the topics that are missing.
     *
     * @param partitions of every topic
     * @param replication of those that are made
     * @throws KafkaException if Kafka refuses, or was away for longer than {@code startWithin}
     * @throws IllegalStateException if the topics have another number of partitions
     */
    public static void topics(
            ProducerSettings settings,
            String clientId,
            Topics topics,
            int partitions,
            short replication)
            throws InterruptedException {
        long deadline = System.nanoTime() + settings.startWithin().toNanos();
        while (true) {
            try {
                attempt(settings, clientId, topics, partitions, replication);
                return;
            } catch (KafkaException e) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!isAway(e) || !left.isPositive()) {
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("bootstrap", settings.bootstrap())
                        .addKeyValue("reason", e.toString())
                        .addKeyValue("given_up_in_s", left.toSeconds())
                        .log("Kafka is away: trying again");
                Duration pause = left.compareTo(PAUSE) < 0 ? left : PAUSE;
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        }
    }

    private static void attempt(
            ProducerSettings settings,
            String clientId,
            Topics topics,
            int partitions,
            short replication)
            throws InterruptedException {
        try (Admin admin = Admin.create(config(settings, clientId))) {
            admin.describeCluster().nodes().get();
            TopicSetup.ensure(admin, topics, partitions, replication);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka
                    ? kafka
                    : new KafkaException("Kafka at " + settings.bootstrap(), e.getCause());
        }
    }

    private static Map<String, Object> config(ProducerSettings settings, String clientId) {
        Duration within = settings.startWithin();
        Duration attempt =
                within.compareTo(LONGEST_TRY) > 0
                        ? LONGEST_TRY
                        : within.compareTo(SHORTEST_TRY) < 0 ? SHORTEST_TRY : within;
        int millis = Math.toIntExact(attempt.toMillis());
        return settings.kafka()
                .client(
                        Map.of(
                                AdminClientConfig.CLIENT_ID_CONFIG, clientId,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis));
    }

    /** A name that is not resolved is refused as if it were a mistake in the settings. */
    private static boolean isAway(KafkaException e) {
        return e instanceof RetriableException || e.getCause() instanceof ConfigException;
    }
}
