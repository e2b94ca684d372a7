package io.tapeline.ingestor.share;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Up to where the records of each partition have been served, which may happen in another order
 * than they came. Thread-safe.
 */
public final class ServedOffsets {

    private static final class Progress {
        private final TreeSet<Long> underWay = new TreeSet<>();
        private long next;
    }

    private final Map<Integer, Progress> partitions = new HashMap<>();

    /** The partition is read from here on. */
    public synchronized void begin(int partition, long offset) {
        Progress progress = new Progress();
        progress.next = offset;
        partitions.put(partition, progress);
    }

    /** Nothing is said of the partition any more. */
    public synchronized void end(int partition) {
        partitions.remove(partition);
    }

    public synchronized void taken(int partition, long offset) {
        Progress progress = partitions.get(partition);
        if (progress != null) {
            progress.underWay.add(offset);
            progress.next = Math.max(progress.next, offset + 1);
        }
    }

    /** What was taken is done; without effect once the partition has ended. */
    public synchronized void done(int partition, long offset) {
        Progress progress = partitions.get(partition);
        if (progress != null) {
            progress.underWay.remove(offset);
        }
    }

    /** The first offset of each partition that is not served; what is before it all is. */
    public synchronized Map<Integer, Long> unserved() {
        Map<Integer, Long> unserved = new HashMap<>();
        partitions.forEach((partition, progress) ->
                unserved.put(
                        partition,
                        progress.underWay.isEmpty() ? progress.next : progress.underWay.first()));
        return unserved;
    }
}
