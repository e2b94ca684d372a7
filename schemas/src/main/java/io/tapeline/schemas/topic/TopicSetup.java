package io.tapeline.schemas.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Brings a broker's topics to what {@link Topics} declares. */
public final class TopicSetup {

    /** How long a cluster may take to have its brokers ready, and to make a new topic known. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private TopicSetup() {}

    /**
     * Creates what is missing, also when others do the same at the same time. Settings of topics
     * that are there already are left as they are: an operator may have changed them. A cluster
     * that is only starting is waited for, up to 30 seconds.
     *
     * @throws IllegalStateException if a topic is there with another number of partitions, since
     *     instruments would then not meet in one partition
     * @throws KafkaException if the broker refuses or cannot be reached
     */
    public static void ensure(Admin admin, Topics topics, int partitions, short replication)
            throws InterruptedException {
        List<String> names = topics.all().stream().map(Topic::name).toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                create(admin, topics, partitions, replication);
                Map<String, TopicDescription> described =
                        get(admin.describeTopics(names).allTopicNames());
                refuseOtherPartitions(described, partitions);
                awaitLeaders(admin, described);
                return;
            } catch (KafkaException e) {
                if (!isTransient(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    /**
     * A broker that has not registered yet, or has lost its session, counts for no replica, and a
     * topic made elsewhere a moment ago is not known everywhere.
     */
    private static boolean isTransient(KafkaException e) {
        return e instanceof RetriableException || e instanceof InvalidReplicationFactorException;
    }

    private static void create(Admin admin, Topics topics, int partitions, short replication)
            throws InterruptedException {
        Set<String> present = get(admin.listTopics().names());
        List<NewTopic> missing =
                topics.all().stream()
                        .filter(topic -> !present.contains(topic.name()))
                        .map(topic -> topic.toNewTopic(partitions, replication))
                        .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                get(created);
            } catch (TopicExistsException e) {
                // Another service was faster; the partitions are compared afterwards all the same.
            }
        }
    }

    /**
     * Returns when each partition's leader answers. A broker that is told of a new topic refuses
     * its first batches for a moment; an idempotent producer whose first batch was refused while a
     * later one was taken repeats it until its delivery time is over.
     */
    private static void awaitLeaders(Admin admin, Map<String, TopicDescription> described)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        described.forEach((name, topic) ->
                topic.partitions()
                        .forEach(partition ->
                                ends.put(
                                        new TopicPartition(name, partition.partition()),
                                        OffsetSpec.latest())));
        get(admin.listOffsets(ends).all());
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
