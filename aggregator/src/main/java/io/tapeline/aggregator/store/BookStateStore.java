package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.internals.RecordCollector;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BookTable} as a store of Kafka Streams: in heap, logged, restored and kept on standbys
 * from its changelog, with {@link LocalSnapshots} so that a restart reads the changelog's tail
 * alone.
 *
 * <p>This class alone uses internals of Kafka Streams, of version 4.3: {@code logChange} of its
 * context, since the public API has no way to write a changelog; {@link CachedStateStore}, whose
 * {@code flushCache} is called before the producer is flushed and the transaction committed, while
 * the public {@code StateStore.commit} is called after, and under exactly-once not at all while a
 * task runs; the {@link RecordCollector}, which knows the offsets that were acknowledged; and a
 * restore callback that is told offsets. {@code AggregatorTopologyTest} and {@code
 * BookStoreCrashIT} fail where a newer version does otherwise.
 */
public final class BookStateStore implements StateStore, CachedStateStore<byte[], byte[]> {

    private final String name;
    private final BookTable table;
    private final SnapshotCounts counts;
    private volatile boolean open;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable TopicPartition changelog;
    private @Nullable LocalSnapshots snapshots;

    BookStateStore(String name, BookSync sync, SnapshotCounts counts) {
        this.name = name;
        this.table = new BookTable(sync);
        this.counts = counts;
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
        InternalProcessorContext<?, ?> internal =
                (InternalProcessorContext<?, ?>) stateStoreContext;
        context = internal;
        TopicPartition partition =
                new TopicPartition(internal.changelogFor(name), internal.taskId().partition());
        changelog = partition;
        LocalSnapshots local =
                new LocalSnapshots(
                        table,
                        stateStoreContext.stateDir().toPath().resolve(name),
                        partition.topic(),
                        partition.partition(),
                        counts,
                        System::nanoTime);
        local.load();
        snapshots = local;
        stateStoreContext.register(root, (RecordBatchingStateRestoreCallback) this::restore);
        open = true;
    }

    private void restore(Collection<ConsumerRecord<byte[], byte[]>> records) {
        LocalSnapshots local = snapshots();
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                table.restore(record.key(), record.value(), local.mayHold(record.offset()));
            }
        } catch (MalformedPayload e) {
            throw new ProcessorStateException(name + ": changelog record not understood", e);
        }
    }

    private LocalSnapshots snapshots() {
        return Objects.requireNonNull(snapshots, "not initialised");
    }

    /** Within the transaction, before the producer is flushed: the changes go to the changelog. */
    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> log = Objects.requireNonNull(context, "not initialised");
        long timestamp = log.recordContext() == null ? log.currentSystemTimeMs() : log.timestamp();
        snapshots().beforeChanges(acknowledged(log));
        int written =
                table.writeChanges((key, value) ->
                        log.logChange(
                                name,
                                Bytes.wrap(key),
                                value,
                                timestamp,
                                new RecordHeaders(),
                                Position.emptyPosition()));
        snapshots().afterChanges(written);
    }

    private @Nullable Long acknowledged(InternalProcessorContext<?, ?> log) {
        if (!(log instanceof RecordCollector.Supplier supplier)) {
            return null;
        }
        RecordCollector collector = supplier.recordCollector();
        return collector == null ? null : collector.offsets().get(changelog);
    }

    /**
     * What is restored up to an offset, or was written up to it, is committed. Called while a task
     * is restored or a standby, and when it is closed in order; with nothing, what is here is to be
     * forgotten.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        Long offset = changelogOffsets.get(changelog);
        if (offset == null) {
            snapshots().forget();
        } else {
            snapshots().committed(offset);
        }
    }

    /** Never null: where nothing is known all is restored, and nothing has to be wiped before. */
    @Override
    public Long committedOffset(TopicPartition partition) {
        return snapshots().committedOffset();
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return true;
    }

    /**
     * The task changes its role, after a commit. The books are the only copy here; nothing of them
     * is stale.
     */
    @Override
    public void clearCache() {
        snapshots().handedOver();
    }

    @Override
    public boolean setFlushListener(
            CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        snapshots().close();
        table.clear();
    }

    /** By its snapshots. */
    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
