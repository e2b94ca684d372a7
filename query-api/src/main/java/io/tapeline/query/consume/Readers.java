package io.tapeline.query.consume;

import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings up what reads topics, once the broker is there and has the topics; until then it tries
 * again, and the API answers what it can.
 */
public final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int REQUEST_MS = 10_000;

    /** How far it is. */
    public sealed interface State {

        record Waiting(String why) implements State {}

        record Reading() implements State {}

        /** Needs an operator: waiting does not help. */
        record Failed(String why) implements State {}

        record Closed() implements State {}
    }

    private final KafkaAccess kafka;
    private final Topics topics;
    private final int partitions;
    private final short replication;
    private final List<Function<Brokers, PartitionReader>> waiting;
    private final List<PartitionReader> running = new CopyOnWriteArrayList<>();
    private final Thread starter;
    private volatile State state = new State.Waiting("not asked yet");

    /**
     * @param wanted made in this order when the topics are there, closed in the other
     */
    public Readers(
            KafkaAccess kafka,
            Topics topics,
            int partitions,
            short replication,
            List<Function<Brokers, PartitionReader>> wanted) {
        this.kafka = kafka;
        this.topics = topics;
        this.partitions = partitions;
        this.replication = replication;
        waiting = new ArrayList<>(wanted);
        starter = Thread.ofPlatform().daemon().name("readers").unstarted(this::bringUp);
    }

    /** Returns at once. */
    public void start() {
        starter.start();
    }

    public State state() {
        return state;
    }

    /** {@link PartitionReader#lag} of the reader of that name; NaN where it does not run. */
    public double lag(String reader) {
        for (PartitionReader each : running) {
            if (each.name().equals(reader)) {
                return each.lag();
            }
        }
        return Double.NaN;
    }

    private void bringUp() {
        try {
            while (!tried()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.atDebug().log("readers: closed before they were started");
        }
    }

    /** Whether there is nothing left to try. */
    private boolean tried() throws InterruptedException {
        try {
            startAll(look());
            return true;
        } catch (IllegalStateException e) {
            LOG.atError().setCause(e).log("readers: topics or history are not as they must be");
            state = new State.Failed(String.valueOf(e.getMessage()));
            return true;
        } catch (KafkaException | HistoryUnavailableException e) {
            String now = why(e);
            if (state instanceof State.Waiting(String before) && !before.equals(now)) {
                LOG.atWarn()
                        .addKeyValue("bootstrap", kafka.bootstrap())
                        .addKeyValue("why", now)
                        .log("readers: broker or history does not answer, trying again");
            }
            state = new State.Waiting(now);
            return false;
        }
    }

    /** Of a certificate the failure itself says only that there is one. */
    private static String why(RuntimeException e) {
        return e.getCause() instanceof SSLException below
                ? e.getMessage() + ": " + below.getMessage()
                : String.valueOf(e.getMessage());
    }

    /** One that cannot start, because of the history, does not keep the others waiting. */
    private synchronized void startAll(Brokers brokers) {
        if (state instanceof State.Closed) {
            return;
        }
        RuntimeException away = null;
        for (Iterator<Function<Brokers, PartitionReader>> left = waiting.iterator();
                left.hasNext(); ) {
            try {
                PartitionReader reader = left.next().apply(brokers);
                running.add(reader);
                reader.start();
                left.remove();
            } catch (HistoryUnavailableException | IllegalStateException e) {
                away = e;
            }
        }
        if (away != null) {
            throw away;
        }
        state = new State.Reading();
        LOG.atInfo().addKeyValue("readers", running.size()).log("readers: started");
    }

    private synchronized void stopAll() {
        List.copyOf(running).reversed().forEach(PartitionReader::close);
        running.clear();
    }

    private Brokers look() throws InterruptedException {
        Map<String, Object> config =
                kafka.client(
                        Map.of(
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS));
        try (Admin admin = Admin.create(config)) {
            TopicSetup.ensure(admin, topics, partitions, replication);
            return new Brokers(kafka, topics, partitions, ids(admin), begins(admin));
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause()), e);
        }
    }

    private Map<String, String> ids(Admin admin) throws InterruptedException, ExecutionException {
        Map<String, String> ids = new HashMap<>();
        for (TopicDescription topic : describe(admin).values()) {
            ids.put(topic.name(), topic.topicId().toString());
        }
        return ids;
    }

    private Map<String, TopicDescription> describe(Admin admin)
            throws InterruptedException, ExecutionException {
        return admin.describeTopics(topics.all().stream().map(Topic::name).toList())
                .allTopicNames()
                .get();
    }

    private Map<String, Map<Integer, Long>> begins(Admin admin)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic<?> topic : topics.all()) {
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.earliest());
            }
        }
        Map<String, Map<Integer, Long>> begins = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers = admin.listOffsets(asked).all().get();
        answers.forEach((partition, answer) ->
                begins.computeIfAbsent(partition.topic(), _ -> new HashMap<>())
                        .put(partition.partition(), answer.offset()));
        return begins;
    }

    @Override
    public void close() {
        starter.interrupt();
        synchronized (this) {
            state = new State.Closed();
            stopAll();
        }
    }
}
