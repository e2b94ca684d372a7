package io.tapeline.clickhouse.test;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of the tests. They share it: each makes databases of its own.
 *
 * @param url of its HTTP interface
 */
public record ClickHouseServer(URI url, String user, String password) {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The name of a database that nobody else has. */
    public String uniqueDatabase() {
        return "t"
                + Long.toString(System.currentTimeMillis(), 36)
                + "_"
                + ProcessHandle.current().pid()
                + "_"
                + DATABASES.incrementAndGet();
    }
}
