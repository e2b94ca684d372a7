package io.tapeline.aggregator.query;

import io.tapeline.aggregator.store.NewestStore;
import java.util.Objects;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** A store of newest values as it is in heap: the one of the partition that is asked for. */
final class NewestStores implements QueryableStoreType<NewestStore> {

    @Override
    public boolean accepts(StateStore store) {
        return NewestStore.in(store) != null;
    }

    @Override
    public NewestStore create(StateStoreProvider provider, String storeName) {
        return provider.stores(storeName, new Wrapped()).stream()
                .findFirst()
                .map(store -> Objects.requireNonNull(NewestStore.in(store), storeName))
                .orElseThrow(() -> new InvalidStateStoreException(storeName + ": is not here"));
    }

    private static final class Wrapped implements QueryableStoreType<StateStore> {

        @Override
        public boolean accepts(StateStore store) {
            return NewestStore.in(store) != null;
        }

        @Override
        public StateStore create(StateStoreProvider provider, String storeName) {
            throw new UnsupportedOperationException("newest store: asked for by partition only");
        }
    }
}
