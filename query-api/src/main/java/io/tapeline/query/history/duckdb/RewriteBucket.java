package io.tapeline.query.history.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts the rows of a bucket in the order in which they are read. */
final class RewriteBucket {

    private RewriteBucket() {}

    /**
     * Within the running transaction: readers see the bucket as it was until the commit.
     *
     * @return how many rows the bucket has
     */
    static long execute(Connection connection, TimedTable table, long bucket) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE OR REPLACE TEMP TABLE rewritten AS SELECT * FROM main."
                            + table.table()
                            + " WHERE "
                            + table.within(bucket)
                            + " ORDER BY "
                            + table.order());
            statement.executeUpdate(
                    "DELETE FROM main." + table.table() + " WHERE " + table.within(bucket));
            long rows =
                    statement.executeUpdate(
                            "INSERT INTO main." + table.table() + " SELECT * FROM rewritten");
            statement.execute("DROP TABLE rewritten");
            return rows;
        }
    }
}
