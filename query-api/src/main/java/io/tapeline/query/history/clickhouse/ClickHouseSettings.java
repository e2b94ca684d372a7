package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.Keep;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is, and for how long it is kept.
 *
 * @param url of the HTTP interface, {@code http} or {@code https}
 * @param database made where it is missing
 * @param timeout of one statement; a batch that takes longer is written again
 * @param keep ages at which rows are deleted
 * @param trusted certificates, PEM: the server's, or of who signed it; null: those that the JVM
 *     trusts
 */
public record ClickHouseSettings(
        URI url,
        String user,
        String password,
        String database,
        Duration timeout,
        Keep keep,
        @Nullable Path trusted) {

    public ClickHouseSettings {
        String scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "clickhouse: url \"" + url + "\" is not of the form http://host:port");
        }
        if (!database.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "clickhouse: database \""
                            + database
                            + "\" is not a name of letters, digits, _");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "clickhouse: timeout " + timeout + " is not positive");
        }
    }

    /** Of a server whose certificate, if it shows one, the JVM trusts. */
    public ClickHouseSettings(
            URI url, String user, String password, String database, Duration timeout, Keep keep) {
        this(url, user, password, database, timeout, keep, null);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ClickHouseSettings[" + url + ", " + user + ", " + database + ", " + timeout + "]";
    }
}
