package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.EpochMicros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was told of one instrument between two times, as the messages it came in. */
final class SelectTold {

    private SelectTold() {}

    static List<byte[]> execute(
            Connection connection,
            String table,
            int instrumentId,
            EpochMicros from,
            EpochMicros to,
            Order order,
            int limit)
            throws SQLException {
        String direction =
                switch (order) {
                    case OLDEST_FIRST -> "ASC";
                    case NEWEST_FIRST -> "DESC";
                };
        List<byte[]> messages = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT message FROM "
                                + table
                                + " WHERE time_us >= ? AND time_us < ? AND instrument_id = ?"
                                + " ORDER BY time_us "
                                + direction
                                + " LIMIT ?")) {
            select.setLong(1, from.value());
            select.setLong(2, to.value());
            select.setInt(3, instrumentId);
            select.setInt(4, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    messages.add(row.getBytes(1));
                }
            }
        }
        return messages;
    }
}
