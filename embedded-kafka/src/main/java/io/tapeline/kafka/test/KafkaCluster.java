package io.tapeline.kafka.test;

import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The Kafka that tests share. Tests meet in one broker, so each makes names of its own: for topics,
 * groups, transactional ids and application ids alike. A name is never used twice: a topic that is
 * deleted and created again under its name can hold up an idempotent producer for minutes.
 */
public final class KafkaCluster {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private final String bootstrap;
    private final Admin admin;
    private final String run;
    private final AtomicInteger prefixes = new AtomicInteger();

    KafkaCluster(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        this.run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** The address for {@code bootstrap.servers}. */
    public String bootstrap() {
        return bootstrap;
    }

    /** An admin client that tests share; it is closed with the cluster, not by them. */
    public Admin admin() {
        return admin;
    }

    /**
     * A prefix that no other call, test or run has got, fit for names of topics, groups and
     * transactional ids; ends with a dot: {@code t5f3a90c1-7.}
     */
    public String uniquePrefix() {
        return "t" + run + "-" + prefixes.incrementAndGet() + ".";
    }

    /**
     * A new topic whose name ends with {@code name}; returns its whole name once it can be written
     * and read.
     */
    public String createTopic(String name, int partitions) {
        return createTopic(name, partitions, Map.of());
    }

    /**
     * @param config settings of the topic by Kafka's names, such as {@code cleanup.policy}
     */
    public String createTopic(String name, int partitions, Map<String, String> config) {
        String unique = uniquePrefix() + name;
        createTopics(
                List.of(
                        new NewTopic(unique, Optional.of(partitions), Optional.empty())
                                .configs(config)));
        return unique;
    }

    /**
     * Creates topics under exactly the names they have, which the caller made unique with {@link
     * #uniquePrefix()}, and returns once every partition has a leader.
     */
    public void createTopics(Collection<NewTopic> topics) {
        List<String> names = topics.stream().map(NewTopic::name).toList();
        long deadlineNanos = System.nanoTime() + READY_WITHIN.toNanos();
        try {
            admin.createTopics(topics).all().get(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            while (!haveLeaders(names)) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new IllegalStateException(
                            "No leaders within " + READY_WITHIN + " for topics " + names);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Could not create topics " + names, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics " + names, e);
        }
    }

    private boolean haveLeaders(Collection<String> names)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
