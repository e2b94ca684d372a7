package io.tapeline.capture.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several partitions as one sequence: by receive time, but never against a partition's own order.
 * The first of those that wait goes when every other partition has one that is later, has ended, or
 * has had nothing for the window; a partition that is known to have more is waited for as long as
 * it takes. So two records of different partitions stand the wrong way round only if the earlier
 * one came to Kafka by more than the window later. Not thread-safe.
 *
 * @param <R> a record
 */
final class PartitionMerge<R> {

    /** Where a partition stands whose records have all been given out. */
    enum Empty {
        /** More records are there, and on their way. */
        BEHIND,
        /** None are there now. */
        CAUGHT_UP,
        /** None will be wanted. */
        ENDED
    }

    /**
     * @param receiveNanos since the epoch
     * @param arrivedNanos when it was added, by the clock of {@link System#nanoTime}
     */
    record Entry<R>(
            int partition,
            long receiveNanos,
            long offset,
            int bytes,
            long arrivedNanos,
            R record) {}

    private static final class Partition<R> {
        private final Deque<Entry<R>> queue = new ArrayDeque<>();
        private Empty empty = Empty.BEHIND;
        private long bytes;
    }

    private final long windowNanos;
    private final List<Partition<R>> partitions = new ArrayList<>();
    private final PriorityQueue<Entry<R>> heads =
            new PriorityQueue<>(
                    Comparator.<Entry<R>>comparingLong(Entry::receiveNanos)
                            .thenComparingInt(Entry::partition));

    PartitionMerge(int partitions, long windowNanos) {
        this.windowNanos = windowNanos;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new Partition<>());
        }
    }

    /** Adds a partition's next record. */
    void add(Entry<R> entry) {
        Partition<R> partition = partitions.get(entry.partition());
        partition.queue.add(entry);
        partition.bytes += entry.bytes();
        if (partition.queue.size() == 1) {
            heads.add(entry);
        }
    }

    /** Says how it stands with a partition once its queue is empty. */
    void whenEmpty(int partition, Empty empty) {
        partitions.get(partition).empty = empty;
    }

    /** How many bytes wait in the partition's queue. */
    long waitingBytes(int partition) {
        return partitions.get(partition).bytes;
    }

    /** Whether every partition has ended, and nothing waits. */
    boolean isOver() {
        return heads.isEmpty()
                && partitions.stream().allMatch(partition -> partition.empty == Empty.ENDED);
    }

    /** The next record; null where more must come, or time pass, before it is known. */
    @Nullable Entry<R> poll(long nowNanos) {
        Entry<R> head = heads.peek();
        if (head == null || mustWait(nowNanos - head.arrivedNanos() >= windowNanos)) {
            return null;
        }
        heads.remove();
        Partition<R> partition = partitions.get(head.partition());
        partition.queue.remove();
        partition.bytes -= head.bytes();
        Entry<R> next = partition.queue.peek();
        if (next != null) {
            heads.add(next);
        }
        return head;
    }

    private boolean mustWait(boolean windowOver) {
        if (heads.size() == partitions.size()) {
            return false;
        }
        for (Partition<R> partition : partitions) {
            if (partition.queue.isEmpty()) {
                boolean waits =
                        switch (partition.empty) {
                            case BEHIND -> true;
                            case CAUGHT_UP -> !windowOver;
                            case ENDED -> false;
                        };
                if (waits) {
                    return true;
                }
            }
        }
        return false;
    }
}
