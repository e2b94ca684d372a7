package io.tapeline.ingestor.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place in a group, on a thread of its own, kept until it is left. What fails is tried again: a
 * broker that is away leaves everything as it was.
 */
final class Membership implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** What a member does; all of it on the member's thread. */
    interface Work {

        void assigned(Collection<TopicPartition> partitions);

        void revoked(Collection<TopicPartition> partitions);

        void lost(Collection<TopicPartition> partitions);

        void record(ConsumerRecord<byte[], byte[]> record);

        /** Comes several times a second. */
        void polled();
    }

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Work work;
    private final FailedParts failedParts;
    private final Thread thread;
    private volatile boolean closed;
    private boolean begun;

    private Membership(
            String name,
            Consumer<byte[], byte[]> consumer,
            String topic,
            Work work,
            FailedParts failedParts) {
        this.name = name;
        this.consumer = consumer;
        this.topic = topic;
        this.work = work;
        this.failedParts = failedParts;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /**
     * @param consumer from now on this one's
     * @param failedParts told if this ends by itself
     * @param ready when to join; a failure counts as well
     */
    static Membership start(
            String name,
            Consumer<byte[], byte[]> consumer,
            String topic,
            Work work,
            FailedParts failedParts,
            CompletableFuture<?> ready) {
        Membership membership = new Membership(name, consumer, topic, work, failedParts);
        var _ = ready.whenComplete((_, _) -> membership.begin());
        return membership;
    }

    private synchronized void begin() {
        if (!closed) {
            begun = true;
            thread.start();
        }
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new Changes());
            while (!closed) {
                poll();
            }
        } catch (WakeupException | InterruptException e) {
            if (!closed) {
                failedParts.failed(name, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } catch (RuntimeException e) {
            failedParts.failed(name, e);
        } catch (Error e) {
            failedParts.failed(name, e);
            throw e;
        }
    }

    private void poll() throws InterruptedException {
        try {
            consumer.poll(POLL).forEach(work::record);
            work.polled();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("member", name)
                    .setCause(e)
                    .log("the group could not be attended: trying again");
            Thread.sleep(AFTER_FAILURE);
        }
    }

    /** Leaves the group, so that others take its share at once. */
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
                log.atWarn()
                        .addKeyValue("member", name)
                        .log("still busy: leaving it to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Changes implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                tell("assigned", partitions);
                work.assigned(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                tell("revoked", partitions);
                work.revoked(partitions);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                tell("lost", partitions);
                work.lost(partitions);
            }
        }

        private void tell(String what, Collection<TopicPartition> partitions) {
            log.atInfo()
                    .addKeyValue("member", name)
                    .addKeyValue(
                            "partitions",
                            partitions.stream().map(TopicPartition::partition).sorted().toList())
                    .log("partitions " + what);
        }
    }
}
