package io.tapeline.query.collect;

import io.tapeline.schemas.proto.CollectionRecord;
import java.io.IOException;

/** Where collections are written down, so that they outlive their process. Thread-safe. */
public interface Ledger {

    /**
     * Returns when it is safe.
     *
     * @throws IOException if it cannot be written now
     */
    void write(CollectionRecord record) throws IOException, InterruptedException;

    /**
     * The collection is forgotten.
     *
     * @throws IOException if that cannot be written now
     */
    void forget(String id) throws IOException, InterruptedException;
}
