package io.tapeline.query.history.clickhouse;

import io.tapeline.clickhouse.test.ClickHouseServer;
import java.time.Duration;

/** Settings of tests. */
public final class Databases {

    private Databases() {}

    /** A database that nobody else has. */
    public static ClickHouseSettings fresh(ClickHouseServer server) {
        return new ClickHouseSettings(
                server.url(),
                server.user(),
                server.password(),
                server.uniqueDatabase(),
                Duration.ofSeconds(30),
                ClickHouseSettings.Keep.FOR_EVER);
    }
}
