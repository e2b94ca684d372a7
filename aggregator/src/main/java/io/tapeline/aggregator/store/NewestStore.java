package io.tapeline.aggregator.store;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of each key, in heap, for lists of all of them. Kafka's own store in heap copies
 * its keys for each list and looks each of them up three times, while another thread may change it;
 * this one is gone through as it is, and keeps beside each value what was made of it for an answer.
 *
 * <p>One thread changes it, any may read: whoever goes through it sees each value as it was at some
 * time since he began. What is in it when it is closed is gone, and restored from its changelog.
 */
public final class NewestStore implements KeyValueStore<Bytes, byte[]> {

    private final String name;
    private final ConcurrentNavigableMap<Bytes, Kept> values = new ConcurrentSkipListMap<>();
    private volatile boolean open;

    /** A value, as bytes that are not to be changed, until another takes its place. */
    public static final class Kept {
        private final byte[] value;
        private volatile @Nullable Object made;

        private Kept(byte[] value) {
            this.value = value;
        }

        public byte[] value() {
            return value;
        }

        /** What was made of the value last; null where nothing was. */
        public @Nullable Object made() {
            return made;
        }

        /**
         * @param ofValue immutable, for whoever asks next
         */
        public void keep(Object ofValue) {
            made = ofValue;
        }
    }

    private NewestStore(String name) {
        this.name = name;
    }

    /** Makes those of a name. */
    public static KeyValueBytesStoreSupplier named(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new NewestStore(name);
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    /** The one that Streams has wrapped; null where it is none. */
    public static @Nullable NewestStore in(StateStore store) {
        StateStore each = store;
        while (each instanceof WrappedStateStore<?, ?, ?> wrapper) {
            each = wrapper.wrapped();
        }
        return each instanceof NewestStore newest ? newest : null;
    }

    /** In the order of their keys; not to be changed. */
    public Collection<Kept> values() {
        return values.values();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (StateRestoreCallback) (key, value) -> put(Bytes.wrap(key), value));
        open = true;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        values.clear();
    }

    /** Nobody asks for a position. */
    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public long approximateNumEntries() {
        return values.size();
    }

    // Kafka's interface is not annotated: what is not there is null.
    @SuppressWarnings("NullAway")
    private static byte[] valueOf(@Nullable Kept kept) {
        return kept == null ? null : kept.value;
    }

    @Override
    public byte[] get(Bytes key) {
        return valueOf(values.get(key));
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, new Kept(value));
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte @Nullable [] value) {
        return valueOf(value == null ? values.get(key) : values.putIfAbsent(key, new Kept(value)));
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        return valueOf(values.remove(key));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(values);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return new Entries(values.descendingMap());
    }

    /**
     * @param from inclusive; null: from the first
     * @param to inclusive; null: to the last
     */
    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return new Entries(part(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return new Entries(part(from, to).descendingMap());
    }

    private ConcurrentNavigableMap<Bytes, Kept> part(@Nullable Bytes from, @Nullable Bytes to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return new ConcurrentSkipListMap<>();
        }
        ConcurrentNavigableMap<Bytes, Kept> upTo = to == null ? values : values.headMap(to, true);
        return from == null ? upTo : upTo.tailMap(from, true);
    }

    /** As they are when they are come to. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Map.Entry<Bytes, Kept>> entries;
        private Map.@Nullable Entry<Bytes, Kept> next;

        Entries(ConcurrentNavigableMap<Bytes, Kept> of) {
            entries = of.entrySet().iterator();
        }

        @Override
        public boolean hasNext() {
            if (next == null && entries.hasNext()) {
                next = entries.next();
            }
            return next != null;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, Kept> entry = first();
            next = null;
            return new KeyValue<>(entry.getKey(), entry.getValue().value);
        }

        @Override
        public Bytes peekNextKey() {
            return first().getKey();
        }

        private Map.Entry<Bytes, Kept> first() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("newest store: no more entries");
            }
            return next;
        }

        @Override
        public void close() {}
    }
}
