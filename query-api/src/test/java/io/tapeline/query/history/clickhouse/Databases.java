package io.tapeline.query.history.clickhouse;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.query.history.Keep;
import java.net.URI;
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
                Keep.FOR_EVER);
    }

    /** The same database by another way. */
    public static ClickHouseSettings at(URI url, ClickHouseSettings settings) {
        return new ClickHouseSettings(
                url,
                settings.user(),
                settings.password(),
                settings.database(),
                settings.timeout(),
                settings.keep());
    }
}
