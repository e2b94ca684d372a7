package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.BatchContract;
import io.tapeline.query.history.CandleContract;
import io.tapeline.query.history.ExactnessContract;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.TellingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB under the contracts of all history stores. */
final class DuckDbHistoryStoreIT {

    @TempDir private Path directory;

    @Nested
    final class Candles extends CandleContract {
        @Override
        protected HistoryStore open() {
            return opened();
        }
    }

    @Nested
    final class Exactness extends ExactnessContract {
        @Override
        protected HistoryStore open() {
            return opened();
        }
    }

    @Nested
    final class Tellings extends TellingContract {
        @Override
        protected HistoryStore open() {
            return opened();
        }
    }

    @Nested
    final class Batches extends BatchContract {
        @Override
        protected HistoryStore open() {
            return opened();
        }
    }

    private HistoryStore opened() {
        return DuckDbHistoryStore.open(directory, "256MB");
    }
}
