package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Instrument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The small number each instrument has in the tables. Text would do as a key but for the row
 * groups' statistics, which remember only its first eight bytes: {@code binance:}. Only for the
 * writer's thread.
 */
final class InstrumentIds {

    private final Connection connection;
    private final Map<Instrument, Integer> ids = new HashMap<>();

    InstrumentIds(Connection connection) {
        this.connection = connection;
    }

    /** Forgets what a rolled back transaction may have added. */
    void reload() throws SQLException {
        ids.clear();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, instrument FROM instruments")) {
            while (row.next()) {
                ids.put(Instrument.parse(row.getString(2)), row.getInt(1));
            }
        }
    }

    /** Known already, or given now, within the running transaction. */
    int of(Instrument instrument) throws SQLException {
        Integer known = ids.get(instrument);
        if (known != null) {
            return known;
        }
        int id = ids.size() + 1;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO instruments VALUES (?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, instrument.id());
            insert.executeUpdate();
        }
        ids.put(instrument, id);
        return id;
    }
}
