package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Keep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes buckets all of whose rows are older than what is kept of their table. */
final class Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final Connection connection;
    private final Keep keep;
    private final Clock clock;

    private record Old(TimedTable table, long bucket) {}

    Expiry(Connection connection, Keep keep, Clock clock) {
        this.connection = connection;
        this.keep = keep;
        this.clock = clock;
    }

    boolean isDue() throws SQLException {
        return !old().isEmpty();
    }

    /** Within the running transaction. */
    void execute() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Old old : old()) {
                String table = old.table().table();
                long rows =
                        statement.executeLargeUpdate(
                                "DELETE FROM main."
                                        + table
                                        + " WHERE "
                                        + old.table().within(old.bucket()));
                statement.executeUpdate(
                        "DELETE FROM layout WHERE name = '"
                                + table
                                + "' AND bucket = "
                                + old.bucket());
                LOG.atInfo()
                        .addKeyValue("table", table)
                        .addKeyValue("rows", rows)
                        .log("history: rows older than what is kept are deleted");
            }
        }
    }

    private List<Old> old() throws SQLException {
        List<Old> found = new ArrayList<>();
        for (TimedTable table : TimedTable.values()) {
            Duration age = age(table);
            if (!age.isZero()) {
                find(table, clock.instant().minus(age).toEpochMilli() * 1_000, found);
            }
        }
        return found;
    }

    private void find(TimedTable table, long firstKeptUs, List<Old> found) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT bucket FROM layout WHERE name = ? AND bucket < ?")) {
            select.setString(1, table.table());
            select.setLong(2, table.bucketOf(firstKeptUs));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Old(table, row.getLong(1)));
                }
            }
        }
    }

    private Duration age(TimedTable table) {
        return switch (table) {
            case CANDLES -> keep.candles();
            case PRICES -> keep.prices();
            case TICKERS -> keep.tickers();
        };
    }
}
