package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Told;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Adds what was told by instrument and time; a later one takes the place of an equal key. */
final class MergeTold {

    private record Key(Instrument instrument, EpochMicros time) {}

    private final DuckDBConnection connection;
    private final InstrumentIds ids;
    private final String table;
    private final String stage;

    MergeTold(DuckDBConnection connection, InstrumentIds ids, String table) throws SQLException {
        this.connection = connection;
        this.ids = ids;
        this.table = table;
        stage = "stage_" + table;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE " + stage + " AS SELECT * FROM " + table + " WHERE false");
        }
    }

    /** Within the running transaction. */
    void execute(List<Told> told) throws SQLException {
        if (told.isEmpty()) {
            return;
        }
        Map<Key, Told> last = new LinkedHashMap<>();
        for (Told each : told) {
            last.put(new Key(each.instrument(), each.time()), each);
            // Ids first: an open appender does not see the statement that gives one.
            ids.of(each.instrument());
        }
        try (DuckDBAppender row = connection.createAppender("temp", "main", stage)) {
            for (Told each : last.values()) {
                row.beginRow();
                row.append(ids.of(each.instrument()));
                row.append(each.time().value());
                row.append(each.message());
                row.endRow();
            }
        }
        try (PreparedStatement drop =
                        connection.prepareStatement(
                                "DELETE FROM %1$s USING %2$s s WHERE %1$s.instrument_id = s.instrument_id AND %1$s.time_us = s.time_us AND %1$s.time_us BETWEEN ? AND ?"
                                        .formatted(table, stage));
                Statement statement = connection.createStatement()) {
            drop.setLong(
                    1, last.keySet().stream().mapToLong(k -> k.time().value()).min().orElse(0));
            drop.setLong(
                    2, last.keySet().stream().mapToLong(k -> k.time().value()).max().orElse(0));
            drop.executeUpdate();
            statement.executeUpdate(
                    "INSERT INTO "
                            + table
                            + " SELECT * FROM "
                            + stage
                            + " ORDER BY instrument_id, time_us");
            statement.execute("DELETE FROM " + stage);
        }
    }
}
