package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB under the contract of all history stores. */
final class DuckDbHistoryStoreIT extends HistoryStoreContract {

    @TempDir private Path directory;

    @Override
    protected HistoryStore open() {
        return DuckDbHistoryStore.open(directory, "256MB");
    }
}
