package io.tapeline.query.history.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The first and the last minute that are held of an instrument. */
final class SelectSpan {

    /**
     * @param firstUs open time of the oldest minute
     * @param lastUs open time of the newest; before {@code firstUs} where none is held
     */
    record Span(long firstUs, long lastUs) {
        boolean isEmpty() {
            return lastUs < firstUs;
        }
    }

    private SelectSpan() {}

    static Span execute(Connection connection, int instrumentId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT coalesce(min(open_time_us), 0), coalesce(max(open_time_us), -1)"
                                + " FROM candles WHERE span = '1m' AND instrument_id = ?")) {
            select.setInt(1, instrumentId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Span(row.getLong(1), row.getLong(2));
            }
        }
    }
}
