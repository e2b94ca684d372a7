package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.resync.ResyncIntake;
import io.tapeline.ingestor.share.Share;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topic;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * This process's place in the group that does what is done once for all lines. Who holds an
 * instrument's partition of the resync topic fetches for it. A record is committed when nothing
 * more will be done for it, so whoever holds the partition next serves what was under way again.
 */
public final class RestMembership implements AutoCloseable {

    private final Membership membership;
    private final Held held;

    private RestMembership(Membership membership, Held held) {
        this.membership = membership;
        this.held = held;
    }

    /** The partitions that this process holds. Thread-safe. */
    public static final class Held implements Share {

        private final int partitions;
        private volatile Set<Integer> numbers = Set.of();

        public Held(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public boolean holds(Instrument instrument) {
            return numbers.contains(InstrumentPartitioner.partitionOf(instrument, partitions));
        }

        /** Whether it does what is done once for all instruments of a venue. */
        public boolean holdsFirst() {
            return numbers.contains(0);
        }

        void set(Set<Integer> newNumbers) {
            numbers = Set.copyOf(newNumbers);
        }
    }

    /**
     * @param held told what this process holds
     * @param failedParts told if this ends by itself
     * @param ready when to join: when requests can be served
     */
    public static RestMembership start(
            GroupSettings settings,
            Topic<ResyncRequest> topic,
            Held held,
            ResyncIntake intake,
            java.util.function.Consumer<DeadLetter> deadLetters,
            FailedParts failedParts,
            CompletableFuture<?> ready,
            Clock clock) {
        Consumer<byte[], byte[]> consumer = settings.member(settings.restGroup(), 0, "rest");
        return new RestMembership(
                Membership.start(
                        "rest-member",
                        consumer,
                        topic.name(),
                        new RestWork(consumer, topic, held, intake, deadLetters, clock),
                        failedParts,
                        ready),
                held);
    }

    /** Leaves the group; what is under way is finished, and served by the next holder too. */
    @Override
    public void close() {
        membership.close();
        held.set(Set.of());
    }
}
