package io.tapeline.query.collect;

import io.tapeline.schemas.proto.CollectionRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that every instance reads, compacted, in one order. */
final class SharedLedger implements Ledger {

    private final Map<String, CollectionRecord> records = new LinkedHashMap<>();
    private final List<CandleCollections> readers = new CopyOnWriteArrayList<>();

    /** Reads from the beginning, and on. */
    synchronized void readBy(CandleCollections reader) {
        records.values().forEach(reader::take);
        readers.add(reader);
    }

    synchronized void leftBy(CandleCollections reader) {
        readers.remove(reader);
    }

    @Override
    public synchronized void write(CollectionRecord record) {
        records.put(record.getId(), record);
        readers.forEach(reader -> reader.take(record));
    }

    @Override
    public synchronized void forget(String id) {
        records.remove(id);
        readers.forEach(reader -> reader.takeForgotten(id));
    }

    synchronized List<CollectionRecord> records() {
        return List.copyOf(records.values());
    }
}
