package io.tapeline.query.history.clickhouse;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.query.history.BatchContract;
import io.tapeline.query.history.CandleContract;
import io.tapeline.query.history.ExactnessContract;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.TellingContract;
import org.junit.jupiter.api.Nested;

/** ClickHouse under the contracts of all history stores. */
@ClickHouseTest
final class ClickHouseHistoryStoreIT {

    private final ClickHouseSettings settings;

    ClickHouseHistoryStoreIT(ClickHouseServer server) {
        settings = Databases.fresh(server);
    }

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
        return new ClickHouseHistoryStore(settings);
    }
}
