package io.tapeline.aggregator.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * How far the restoration of each partition has come, and how many records were read for it since
 * the start: with local state only the tail of a changelog, without it all. Threads of Kafka
 * Streams tell, anyone asks. What standbys read is not in it.
 */
public final class Restorations implements StateRestoreListener {

    private final Map<Place, Restored> underWay = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> records = new ConcurrentHashMap<>();

    private record Place(String store, int partition) {}

    /**
     * @param next offset of the changelog that is read next
     * @param end offset after the last one that is needed
     */
    public record Restored(long next, long end) {}

    /** Null where none is under way. */
    @Nullable Restored of(String store, int partition) {
        return underWay.get(new Place(store, partition));
    }

    /** Records that all restorations under way have still to read. */
    public long left() {
        return underWay.values().stream()
                .mapToLong(each -> Math.max(0, each.end() - each.next()))
                .sum();
    }

    /** Records read since the start, by store. */
    public long records(String store) {
        LongAdder read = records.get(store);
        return read == null ? 0 : read.sum();
    }

    /** {@link #records} by name: {@code restored.books}. */
    public Map<String, LongSupplier> named() {
        return Routing.STORES.stream()
                .collect(Collectors.toMap(store -> "restored." + store, this::counter));
    }

    private LongSupplier counter(String store) {
        return () -> records(store);
    }

    @Override
    public void onRestoreStart(
            TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        underWay.put(
                new Place(store, changelog.partition()),
                new Restored(startingOffset, endingOffset));
    }

    @Override
    public void onBatchRestored(
            TopicPartition changelog, String store, long batchEndOffset, long numRestored) {
        records.computeIfAbsent(store, _ -> new LongAdder()).add(numRestored);
        underWay.computeIfPresent(
                new Place(store, changelog.partition()),
                (_, before) -> new Restored(batchEndOffset + 1, before.end()));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
        underWay.remove(new Place(store, changelog.partition()));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
        underWay.remove(new Place(store, changelog.partition()));
    }
}
