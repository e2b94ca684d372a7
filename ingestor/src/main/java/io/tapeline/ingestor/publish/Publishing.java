package io.tapeline.ingestor.publish;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The producer and the ledger of what it lost, which belong together. */
public final class Publishing implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publishing.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final KafkaPublisher publisher;
    private final LossLedger losses;
    private final GapWriter gaps;
    private final DecisionThread.Repetition looking;
    private volatile Consumer<Gap> refill = _ -> {};

    private Publishing(
            KafkaPublisher publisher,
            LossLedger losses,
            IngestorCounters counters,
            String instance,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.publisher = publisher;
        this.losses = losses;
        this.gaps =
                new GapWriter(
                        publisher, losses, counters, instance, clock, gap -> refill.accept(gap));
        this.looking =
                new DecisionThread("ledger of gaps", scheduler)
                        .every(LOOK_EVERY, gaps::writeSettled);
    }

    /**
     * Returns once the partitions of all topics are known.
     *
     * @param clientId by which Kafka knows the producer; differs between those of a process
     * @param partitions of every topic
     * @param instance part of the ids of gaps, which must differ between processes and restarts
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached or lacks a topic
     */
    public static Publishing start(
            ProducerSettings settings,
            String clientId,
            Topics topics,
            int partitions,
            IngestorCounters counters,
            String instance,
            Clock clock,
            ScheduledExecutorService scheduler)
            throws InterruptedException {
        LossLedger losses = new LossLedger();
        KafkaPublisher publisher =
                KafkaPublisher.start(settings, clientId, topics, partitions, counters, losses);
        return new Publishing(publisher, losses, counters, instance, clock, scheduler);
    }

    public KafkaPublisher publisher() {
        return publisher;
    }

    /** Who is told of the gaps that a fetch could fill, once they are in the ledger. */
    public void refillBy(Consumer<Gap> refiller) {
        refill = refiller;
    }

    /** Writes what is lost by now to the ledger, and waits for all that was taken. */
    @Override
    public void close() {
        looking.close();
        gaps.writeAll();
        publisher.close();
        long unwritten = losses.events();
        if (unwritten > 0) {
            log.atError()
                    .addKeyValue("events", unwritten)
                    .log("lost events could not be noted in the ledger of gaps: Kafka is away");
        }
    }
}
