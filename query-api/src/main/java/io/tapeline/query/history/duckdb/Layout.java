package io.tapeline.query.history.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How many rows of each bucket lie as they came, every instrument in each row group, and which
 * bucket is therefore worth rewriting in the order it is read in. A bucket is rewritten when the
 * rows that came since reach a share of it, so that each row is moved a few times and no more, and
 * once when time has gone past it.
 */
final class Layout {

    /** Two row groups: fewer are read about as fast unsorted. */
    private static final long WORTH_SORTING = 2 * 122_880;

    private static final String WORST =
            """
            SELECT bucket FROM layout l WHERE name = ? AND (
                (unsorted >= ? AND unsorted * 2 >= held)
                OR (unsorted >= ? AND bucket < (SELECT max(bucket) FROM layout m WHERE m.name = l.name)))
            ORDER BY unsorted DESC, bucket LIMIT 1
            """;

    private final Connection connection;

    Layout(Connection connection) {
        this.connection = connection;
    }

    /** Counts rows that are being added, within the running transaction. */
    void added(TimedTable table, LongStream timesUs) throws SQLException {
        Map<Long, Long> counts = new TreeMap<>();
        timesUs.forEach(time -> counts.merge(table.bucketOf(time), 1L, Long::sum));
        if (counts.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        "INSERT INTO layout VALUES (?, ?, ?, ?) ON CONFLICT (name, bucket) DO"
                                + " UPDATE SET held = held + excluded.held,"
                                + " unsorted = unsorted + excluded.unsorted")) {
            for (Map.Entry<Long, Long> count : counts.entrySet()) {
                upsert.setString(1, table.table());
                upsert.setLong(2, count.getKey());
                upsert.setLong(3, count.getValue());
                upsert.setLong(4, count.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** The bucket that most deserves rewriting; empty where none does. */
    Optional<Long> worst(TimedTable table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WORST)) {
            select.setString(1, table.table());
            select.setLong(2, WORTH_SORTING);
            select.setLong(3, WORTH_SORTING / 8);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    /** Notes that the bucket lies in order, within the running transaction. */
    void sorted(TimedTable table, long bucket, long rows) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE layout SET held = ?, unsorted = 0 WHERE name = ? AND bucket = ?")) {
            update.setLong(1, rows);
            update.setString(2, table.table());
            update.setLong(3, bucket);
            update.executeUpdate();
        }
    }
}
