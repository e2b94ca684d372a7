package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.BookSync;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link BookStateStore}s, one a task, with how their changelog is kept. */
public final class BookStoreBuilder implements StoreBuilder<BookStateStore> {

    private static final int MEBIBYTE = 1 << 20;

    /** A base of some 300,000 levels. */
    public static final int MAX_RECORD_BYTES = 4 * MEBIBYTE;

    private final String name;
    private final BookSync sync;
    private final SnapshotCounts snapshots;
    private Map<String, String> logConfig =
            new HashMap<>(
                    Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT,
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            Integer.toString(MAX_RECORD_BYTES),
                            // What is restored is what compaction has not reached: small segments,
                            // closed and cleaned soon.
                            TopicConfig.SEGMENT_BYTES_CONFIG,
                            Integer.toString(16 * MEBIBYTE),
                            TopicConfig.SEGMENT_MS_CONFIG,
                            "600000",
                            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                            "0.2"));

    /**
     * @param snapshots counts those of all its stores
     */
    public BookStoreBuilder(String name, BookSync sync, SnapshotCounts snapshots) {
        this.name = name;
        this.sync = sync;
        this.snapshots = snapshots;
    }

    /** The store is its own cache. */
    @Override
    public StoreBuilder<BookStateStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<BookStateStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<BookStateStore> withLoggingEnabled(Map<String, String> config) {
        Map<String, String> merged = new HashMap<>(logConfig);
        merged.putAll(config);
        logConfig = merged;
        return this;
    }

    /** Books without a changelog would be lost with their instance. */
    @Override
    public StoreBuilder<BookStateStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("book store " + name + ": is always logged");
    }

    @Override
    public BookStateStore build() {
        return new BookStateStore(name, sync, snapshots);
    }

    @Override
    public Map<String, String> logConfig() {
        return logConfig;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }
}
