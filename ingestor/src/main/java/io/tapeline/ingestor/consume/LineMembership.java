package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.share.LineShare;
import io.tapeline.schemas.topic.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * This process's place in the group of a line, whose members share the partitions of the registry's
 * topic. Nothing is read from it. What the line carries is noted beside the group's offsets, where
 * the next owner of a partition finds it.
 */
public final class LineMembership implements AutoCloseable {

    private final Membership membership;

    private LineMembership(Membership membership) {
        this.membership = membership;
    }

    /**
     * @param number which of the lines, from 0, in the same order in every process
     * @param share told of every change, on the scheduler
     * @param failedParts told if this ends by itself
     * @param ready when to join
     */
    public static LineMembership start(
            GroupSettings settings,
            LineShare share,
            int number,
            Topic<?> topic,
            ScheduledExecutorService scheduler,
            FailedParts failedParts,
            CompletableFuture<?> ready) {
        Consumer<byte[], byte[]> consumer =
                settings.member(settings.lineGroup(share.line()), number, "line-" + share.line());
        DecisionThread decisions = new DecisionThread("line-" + share.line(), scheduler);
        return new LineMembership(
                Membership.start(
                        "line-" + share.line() + "-member",
                        consumer,
                        topic.name(),
                        new LineWork(consumer, share, decisions::post),
                        failedParts,
                        ready));
    }

    /** Leaves the group; the streams go on until the share's time of handover is over. */
    @Override
    public void close() {
        membership.close();
    }
}
