package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Remembers how far the topics have been recorded. */
final class StorePositions {

    private final Connection connection;

    StorePositions(Connection connection) {
        this.connection = connection;
    }

    /** Within the running transaction. */
    void execute(List<Position> positions) throws SQLException {
        if (positions.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT OR REPLACE INTO positions (topic, partition, topic_id,"
                                + " next_offset) VALUES (?, ?, ?, ?)")) {
            for (Position position : positions) {
                insert.setString(1, position.topic());
                insert.setInt(2, position.partition());
                insert.setString(3, position.topicId());
                insert.setLong(4, position.nextOffset());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
