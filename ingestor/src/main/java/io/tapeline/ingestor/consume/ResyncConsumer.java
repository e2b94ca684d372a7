package io.tapeline.ingestor.consume;

import com.google.protobuf.ByteString;
import io.tapeline.ingestor.resync.ResyncService;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the resync topic, every partition, and hands each request on. Requests of the last minute
 * are read at the start, since who asked may have been there first; older ones have been asked
 * again.
 */
public final class ResyncConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResyncConsumer.class);

    private static final Duration LOOK_BACK = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<ResyncRequest> topic;
    private final ResyncService service;
    private final java.util.function.Consumer<DeadLetter> deadLetters;
    private final Clock clock;
    private final Thread reader;
    private volatile boolean closed;
    private boolean reading;

    private ResyncConsumer(
            Consumer<byte[], byte[]> consumer,
            Topic<ResyncRequest> topic,
            ResyncService service,
            java.util.function.Consumer<DeadLetter> deadLetters,
            Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.service = service;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.reader = Thread.ofPlatform().daemon().name("resync-reader").unstarted(this::read);
    }

    /**
     * @param clientId by which Kafka knows the reader
     * @param ready when requests can be served; what was asked before waits in the topic
     */
    public static ResyncConsumer start(
            String bootstrap,
            String clientId,
            Topic<ResyncRequest> topic,
            ResyncService service,
            java.util.function.Consumer<DeadLetter> deadLetters,
            CompletableFuture<?> ready,
            Clock clock) {
        ResyncConsumer started =
                new ResyncConsumer(
                        TopicReader.from(
                                bootstrap,
                                clientId,
                                topic.name(),
                                clock.instant().minus(LOOK_BACK)),
                        topic,
                        service,
                        deadLetters,
                        clock);
        var _ = ready.thenRun(started::begin);
        return started;
    }

    private synchronized void begin() {
        if (!closed) {
            reading = true;
            reader.start();
        }
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                poll();
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void poll() throws InterruptedException {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("the resync topic could not be read: trying again");
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            service.serve(topic.codec().decode(record.value()));
        } catch (MalformedPayload | IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a resync request is malformed");
            deadLetters.accept(deadLetter(record, e));
        }
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, Exception reason) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setKey(ByteString.copyFrom(record.key() == null ? new byte[0] : record.key()))
                .setValue(
                        ByteString.copyFrom(record.value() == null ? new byte[0] : record.value()))
                .setReason(String.valueOf(reason.getMessage()))
                .setFailedUs(EpochMicros.of(clock.instant()).value())
                .build();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (!reading) {
                consumer.close();
                return;
            }
        }
        consumer.wakeup();
        try {
            if (!reader.join(CLOSE_WITHIN)) {
                log.warn("the resync reader is still busy: leaving it to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
