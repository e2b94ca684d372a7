package io.tapeline.query.history.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables. Version by version, forward only; opening a newer file than is known is refused. */
final class Schema {

    /** Each entry brings the file from the version of its index to the next. */
    private static final List<String> STEPS =
            List.of(
                    """
                    CREATE TABLE instruments (
                        id INTEGER PRIMARY KEY,
                        instrument VARCHAR NOT NULL UNIQUE);
                    CREATE TABLE candles (
                        instrument_id INTEGER NOT NULL,
                        span VARCHAR NOT NULL,
                        open_time_us BIGINT NOT NULL,
                        event_time_us BIGINT NOT NULL,
                        price_scale UTINYINT NOT NULL,
                        open HUGEINT NOT NULL,
                        high HUGEINT NOT NULL,
                        low HUGEINT NOT NULL,
                        close HUGEINT NOT NULL,
                        quantity_scale UTINYINT NOT NULL,
                        volume HUGEINT NOT NULL,
                        taker_buy_volume HUGEINT NOT NULL,
                        quote_scale UTINYINT NOT NULL,
                        quote_volume HUGEINT NOT NULL,
                        taker_buy_quote_volume HUGEINT NOT NULL,
                        trades BIGINT NOT NULL);
                    CREATE TABLE prices (
                        instrument_id INTEGER NOT NULL,
                        event_time_us BIGINT NOT NULL,
                        scale UTINYINT NOT NULL,
                        price HUGEINT NOT NULL,
                        bid HUGEINT,
                        ask HUGEINT,
                        source VARCHAR NOT NULL);
                    CREATE TABLE gaps (
                        id VARCHAR PRIMARY KEY,
                        venue VARCHAR NOT NULL,
                        symbol VARCHAR NOT NULL,
                        found_us BIGINT NOT NULL,
                        message BLOB NOT NULL);
                    CREATE TABLE positions (
                        topic VARCHAR NOT NULL,
                        partition INTEGER NOT NULL,
                        topic_id VARCHAR NOT NULL,
                        next_offset BIGINT NOT NULL,
                        PRIMARY KEY (topic, partition));
                    CREATE TABLE layout (
                        name VARCHAR NOT NULL,
                        bucket BIGINT NOT NULL,
                        held BIGINT NOT NULL,
                        unsorted BIGINT NOT NULL,
                        PRIMARY KEY (name, bucket));
                    """,
                    """
                    CREATE TABLE tickers (
                        instrument_id INTEGER NOT NULL,
                        time_us BIGINT NOT NULL,
                        message BLOB NOT NULL);
                    CREATE TABLE instrument_states (
                        instrument_id INTEGER NOT NULL,
                        time_us BIGINT NOT NULL,
                        message BLOB NOT NULL);
                    """);

    private Schema() {}

    static void bringUp(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)");
            int version = versionOf(statement);
            if (version > STEPS.size()) {
                throw new IllegalStateException(
                        "history: the file has schema version "
                                + version
                                + ", this program knows up to "
                                + STEPS.size());
            }
            for (String step : STEPS.subList(version, STEPS.size())) {
                statement.execute(step);
            }
            statement.execute("DELETE FROM schema_version");
            statement.execute("INSERT INTO schema_version VALUES (" + STEPS.size() + ")");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int versionOf(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }
}
