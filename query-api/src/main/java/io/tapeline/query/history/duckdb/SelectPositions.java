package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How far the topics have been recorded. */
final class SelectPositions {

    private SelectPositions() {}

    static List<Position> execute(Connection connection) throws SQLException {
        List<Position> positions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT topic, topic_id, partition, next_offset FROM positions"
                                        + " ORDER BY topic, partition")) {
            while (row.next()) {
                positions.add(
                        new Position(
                                row.getString(1), row.getString(2), row.getInt(3), row.getLong(4)));
            }
        }
        return positions;
    }
}
