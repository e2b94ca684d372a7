package io.tapeline.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Brings a broker's topics to what {@link Topics} declares. */
public final class TopicSetup {

    /** How long a new topic may stay unknown to the broker that is asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private TopicSetup() {}

    /**
     * Creates what is missing, also when others do the same at the same time. Settings of topics
     * that are there already are left as they are: an operator may have changed them.
     *
     * @throws IllegalStateException if a topic is there with another number of partitions, since
     *     instruments would then not meet in one partition
     * @throws KafkaException if the broker refuses or cannot be reached
     */
    public static void ensure(Admin admin, Topics topics, int partitions, short replication)
            throws InterruptedException {
        Set<String> present = get(admin.listTopics().names());
        List<NewTopic> missing =
                topics.all().stream()
                        .filter(topic -> !present.contains(topic.name()))
                        .map(topic -> topic.toNewTopic(partitions, replication))
                        .toList();
        create(admin.createTopics(missing));
        refuseOtherPartitions(describe(admin, topics), partitions);
    }

    private static void create(CreateTopicsResult created) throws InterruptedException {
        for (var topic : created.values().values()) {
            try {
                topic.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failure(e);
                }
            }
        }
    }

    private static Map<String, TopicDescription> describe(Admin admin, Topics topics)
            throws InterruptedException {
        List<String> names =
                topics.all().stream()
                        .map(Topic::name)
                        .collect(Collectors.toCollection(ArrayList::new));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() - deadline > 0) {
                    throw failure(e);
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private static void refuseOtherPartitions(
            Map<String, TopicDescription> described, int partitions) {
        String others =
                described.values().stream()
                        .filter(topic -> topic.partitions().size() != partitions)
                        .map(topic -> topic.name() + " has " + topic.partitions().size())
                        .sorted()
                        .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new IllegalStateException(
                    "topics: tapeline.kafka.partitions is " + partitions + ", but " + others);
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException refused
                ? refused
                : new KafkaException("topics: " + e.getCause(), e.getCause());
    }
}
