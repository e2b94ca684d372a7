package io.tapeline.query;

import io.tapeline.query.history.Keep;
import io.tapeline.query.history.clickhouse.ClickHouseSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tapeline.clickhouse.}: the server that holds the history.
 *
 * @param url of its HTTP interface, such as {@code http://clickhouse:8123}; empty: the history is
 *     kept in DuckDB under the data directory
 * @param user who may make tables, write and read
 * @param password of the user
 * @param database made where it is missing
 * @param timeout of one statement; a batch that takes longer is written again
 * @param caFile certificates, PEM, that a server at {@code https} is trusted by: its own, or those
 *     of who signed it; where none is named, those that the JVM trusts
 */
public record ClickHouseProperties(
        @DefaultValue("") String url,
        @DefaultValue("default") String user,
        @DefaultValue("") String password,
        @DefaultValue("tapeline") String database,
        @DefaultValue("30s") Duration timeout,
        @Nullable Path caFile) {

    public ClickHouseProperties {
        if (!url.isEmpty()) {
            var _ = settings(url, user, password, database, timeout, Keep.FOR_EVER, caFile);
        }
        if (caFile != null && !Files.isReadable(caFile)) {
            throw new IllegalArgumentException(
                    "tapeline.clickhouse.ca-file: \"" + caFile + "\" is no file that can be read");
        }
    }

    /** Empty where the history is kept in DuckDB. */
    public Optional<ClickHouseSettings> server(Keep keep) {
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(settings(url, user, password, database, timeout, keep, caFile));
    }

    private static ClickHouseSettings settings(
            String url,
            String user,
            String password,
            String database,
            Duration timeout,
            Keep keep,
            @Nullable Path caFile) {
        return new ClickHouseSettings(
                URI.create(url), user, password, database, timeout, keep, caFile);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Clickhouse[" + url + ", " + user + ", " + database + "]";
    }
}
