package io.tapeline.ingestor.consume;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the registry whole, outside of any group: first what stands in the topic, then every entry
 * that is written.
 */
public final class RegistryTail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RegistryTail.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<InstrumentInfo> topic;
    private final Collection<InstrumentInfo> before;
    private final FailedParts failedParts;
    private java.util.function.Consumer<List<InstrumentInfo>> follower = _ -> {};
    private final Thread thread;
    private volatile boolean closed;
    private boolean begun;

    private RegistryTail(
            Consumer<byte[], byte[]> consumer,
            Topic<InstrumentInfo> topic,
            Collection<InstrumentInfo> before,
            FailedParts failedParts) {
        this.consumer = consumer;
        this.topic = topic;
        this.before = List.copyOf(before);
        this.failedParts = failedParts;
        this.thread = Thread.ofPlatform().daemon().name("registry-reader").unstarted(this::run);
    }

    /**
     * Returns when the topic has been read up to its end as of now.
     *
     * @param clientId by which Kafka knows the reader
     * @param failedParts told if the reading ends by itself
     * @throws KafkaException if Kafka cannot be reached
     */
    public static RegistryTail open(
            KafkaAccess kafka,
            String clientId,
            Topic<InstrumentInfo> topic,
            FailedParts failedParts) {
        Consumer<byte[], byte[]> consumer =
                TopicReader.fromBeginning(kafka, clientId, topic.name());
        try {
            Map<String, InstrumentInfo> newest = new HashMap<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                entries(topic, consumer.poll(POLL))
                        .forEach(entry -> newest.put(entry.getInstrument(), entry));
            }
            return new RegistryTail(consumer, topic, newest.values(), failedParts);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The newest entry of each instrument as it stood when this was opened. */
    public Collection<InstrumentInfo> before() {
        return before;
    }

    /**
     * @param newFollower told what is written from now on, in its order, on a thread of its own
     */
    public synchronized void follow(java.util.function.Consumer<List<InstrumentInfo>> newFollower) {
        if (!closed && !begun) {
            follower = newFollower;
            begun = true;
            thread.start();
        }
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                poll();
            }
        } catch (WakeupException | InterruptException e) {
            if (!closed) {
                failedParts.failed(thread.getName(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } catch (RuntimeException e) {
            failedParts.failed(thread.getName(), e);
        } catch (Error e) {
            failedParts.failed(thread.getName(), e);
            throw e;
        }
    }

    private void poll() throws InterruptedException {
        try {
            List<InstrumentInfo> written = entries(topic, consumer.poll(POLL));
            if (!written.isEmpty()) {
                follower.accept(written);
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("the registry could not be read: trying again");
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private static List<InstrumentInfo> entries(
            Topic<InstrumentInfo> topic, ConsumerRecords<byte[], byte[]> records) {
        List<InstrumentInfo> entries = new ArrayList<>();
        records.forEach(record -> entry(topic, record).ifPresent(entries::add));
        return entries;
    }

    /** A malformed entry is as good as none: the exchange's list brings another. */
    private static Optional<InstrumentInfo> entry(
            Topic<InstrumentInfo> topic, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            InstrumentInfo info = topic.codec().decode(record.value());
            var _ = Instrument.parse(info.getInstrument());
            return Optional.of(info);
        } catch (MalformedPayload | IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("an entry of the registry is malformed");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (!begun) {
                consumer.close();
                return;
            }
        }
        consumer.wakeup();
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                log.warn("the registry's reader is busy: leaving it to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
