package io.tapeline.aggregator.query;

import io.tapeline.aggregator.store.BookStateStore;
import io.tapeline.aggregator.store.BookTable;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** The book store's type for interactive queries: the tables of the partitions asked for. */
final class BookTables implements QueryableStoreType<List<BookTable>> {

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof BookStateStore;
    }

    @Override
    public List<BookTable> create(StateStoreProvider provider, String storeName) {
        return provider.stores(storeName, new OfOnePartition()).stream()
                .map(BookStateStore::table)
                .toList();
    }

    private static final class OfOnePartition implements QueryableStoreType<BookStateStore> {

        @Override
        public boolean accepts(StateStore store) {
            return store instanceof BookStateStore;
        }

        @Override
        public BookStateStore create(StateStoreProvider provider, String storeName) {
            throw new UnsupportedOperationException("book store: asked for by partition only");
        }
    }
}
