package io.tapeline.query.history.clickhouse;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryStoreContract;

/** ClickHouse under the contract of all history stores. */
@ClickHouseTest
final class ClickHouseHistoryStoreIT extends HistoryStoreContract {

    private final ClickHouseSettings settings;

    ClickHouseHistoryStoreIT(ClickHouseServer server) {
        settings = Databases.fresh(server);
    }

    @Override
    protected HistoryStore open() {
        return new ClickHouseHistoryStore(settings);
    }
}
