package io.tapeline.aggregator.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What became of local snapshots of books, since start and over all partitions of an instance.
 * Stream threads count, anyone reads. Alert on any that is damaged or failed: restarts then read
 * whole changelogs.
 */
public final class SnapshotCounts {

    private final LongAdder written = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder loaded = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void written(long size) {
        written.increment();
        bytes.add(size);
    }

    void loaded() {
        loaded.increment();
    }

    void damaged() {
        damaged.increment();
    }

    void failed() {
        failed.increment();
    }

    /** By name: {@code book-snapshots.written}. */
    public Map<String, LongSupplier> named() {
        return Map.of(
                "book-snapshots.written", written::sum,
                "book-snapshots.bytes", bytes::sum,
                "book-snapshots.loaded", loaded::sum,
                "book-snapshots.damaged", damaged::sum,
                "book-snapshots.failed", failed::sum);
    }

    /** What {@link #named} tells now. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        named().forEach((name, count) -> all.put(name, count.getAsLong()));
        return all;
    }
}
