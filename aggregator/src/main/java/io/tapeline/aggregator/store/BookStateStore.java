package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BookTable} as a store of Kafka Streams: in heap, logged, restored and kept on standbys
 * from its changelog.
 *
 * <p>This class alone uses internals of Kafka Streams, of version 4.3: {@code logChange} of its
 * context, since the public API has no way to write a changelog; and {@link CachedStateStore},
 * whose {@code flushCache} is called before the producer is flushed and the transaction committed,
 * while the public {@code StateStore.commit} is called after. {@code AggregatorTopologyTest} and
 * {@code BookStoreCrashIT} fail where a newer version does otherwise.
 */
public final class BookStateStore implements StateStore, CachedStateStore<byte[], byte[]> {

    private final String name;
    private final BookTable table;
    private volatile boolean open;
    private @Nullable InternalProcessorContext<?, ?> context;

    BookStateStore(String name, BookSync sync) {
        this.name = name;
        this.table = new BookTable(sync);
    }

    public BookTable table() {
        return table;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        table.clear();
        context = (InternalProcessorContext<?, ?>) stateStoreContext;
        stateStoreContext.register(root, this::restore);
        open = true;
    }

    private void restore(byte[] key, byte @Nullable [] value) {
        try {
            table.restore(key, value);
        } catch (MalformedPayload e) {
            throw new ProcessorStateException(name + ": changelog record not understood", e);
        }
    }

    /** Within the transaction, before the producer is flushed: the changes go to the changelog. */
    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> log = Objects.requireNonNull(context, "not initialised");
        long timestamp = log.recordContext() == null ? log.currentSystemTimeMs() : log.timestamp();
        table.writeChanges((key, value) ->
                log.logChange(
                        name,
                        Bytes.wrap(key),
                        value,
                        timestamp,
                        new RecordHeaders(),
                        Position.emptyPosition()));
    }

    /** The books are the only copy here; nothing of them is stale after a change of role. */
    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(
            CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        open = false;
        table.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
