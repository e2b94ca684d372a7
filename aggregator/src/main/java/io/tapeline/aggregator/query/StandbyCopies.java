package io.tapeline.aggregator.query;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Which copies that this instance keeps of others' partitions hold all that there is. A copy that
 * has just begun knows a part of the instruments, and nothing in it tells so: what it lists must
 * not pass for the list. Threads of Kafka Streams tell, anyone asks.
 *
 * <p>A copy is whole from when it has come to its changelog's end once. One of a changelog in which
 * nothing was ever written is never: it would have nothing to tell.
 */
public final class StandbyCopies implements StandbyUpdateListener {

    private final Set<Place> whole = ConcurrentHashMap.newKeySet();

    private record Place(String store, int partition) {}

    boolean isWhole(String store, int partition) {
        return whole.contains(new Place(store, partition));
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long startingOffset) {
        whole.remove(new Place(store, changelog.partition()));
    }

    /**
     * @param batchEndOffset of the last record that was read
     * @param currentEndOffset the same plus what Kafka's consumer lags: no more than it once the
     *     changelog's end is come to, marks of transactions included
     */
    @Override
    public void onBatchLoaded(
            TopicPartition changelog,
            String store,
            TaskId task,
            long batchEndOffset,
            long batchSize,
            long currentEndOffset) {
        if (batchEndOffset >= currentEndOffset) {
            whole.add(new Place(store, changelog.partition()));
        }
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog,
            String store,
            long storeOffset,
            long currentEndOffset,
            SuspendReason reason) {
        whole.remove(new Place(store, changelog.partition()));
    }
}
