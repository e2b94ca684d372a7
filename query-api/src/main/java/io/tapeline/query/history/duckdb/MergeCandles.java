package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Adds closed candles by key. The table has no index: the batch's range of open times bounds what
 * is searched for its keys, and row groups outside of it are skipped by their statistics.
 */
final class MergeCandles {

    private static final String STAGE = "stage_candles";

    private static final String SAME_KEY =
            """
            candles.instrument_id = s.instrument_id AND candles.span = s.span
            AND candles.open_time_us = s.open_time_us AND candles.open_time_us BETWEEN ? AND ?
            """;

    private static final String DROP_OLDER =
            "DELETE FROM candles USING stage_candles s WHERE "
                    + SAME_KEY
                    + " AND candles.event_time_us < s.event_time_us";

    private static final String ADD_MISSING =
            "INSERT INTO candles SELECT * FROM stage_candles s WHERE NOT EXISTS (SELECT 1 FROM"
                    + " candles WHERE "
                    + SAME_KEY
                    + ") ORDER BY instrument_id, span, open_time_us";

    private record Key(Instrument instrument, Interval interval, EpochMicros openTime) {}

    private final DuckDBConnection connection;
    private final InstrumentIds ids;

    MergeCandles(DuckDBConnection connection, InstrumentIds ids) throws SQLException {
        this.connection = connection;
        this.ids = ids;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE " + STAGE + " AS SELECT * FROM candles WHERE false");
        }
    }

    /** Within the running transaction. */
    void execute(List<Candle> candles) throws SQLException {
        if (candles.isEmpty()) {
            return;
        }
        Map<Key, Candle> newest = new LinkedHashMap<>();
        for (Candle candle : candles) {
            newest.merge(
                    new Key(candle.instrument(), candle.interval(), candle.openTime()),
                    candle,
                    (one, other) -> other.eventTime().isAfter(one.eventTime()) ? other : one);
        }
        stage(newest.values());
        long from = newest.keySet().stream().mapToLong(k -> k.openTime().value()).min().orElse(0);
        long to = newest.keySet().stream().mapToLong(k -> k.openTime().value()).max().orElse(0);
        run(DROP_OLDER, from, to);
        run(ADD_MISSING, from, to);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + STAGE);
        }
    }

    private void run(String sql, long from, long to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            statement.executeUpdate();
        }
    }

    private void stage(Collection<Candle> candles) throws SQLException {
        // Ids first: giving one is a statement of its own, which an open appender does not see.
        for (Candle candle : candles) {
            ids.of(candle.instrument());
        }
        try (DuckDBAppender row = connection.createAppender("temp", "main", STAGE)) {
            for (Candle candle : candles) {
                append(row, candle);
            }
        }
    }

    private void append(DuckDBAppender row, Candle candle) throws SQLException {
        CandleScales scales =
                CandleScales.of(candle)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "history: candle "
                                                + candle.instrument()
                                                + " cannot be held exactly"));
        row.beginRow();
        row.append(ids.of(candle.instrument()));
        row.append(candle.interval().id());
        row.append(candle.openTime().value());
        row.append(candle.eventTime().value());
        row.append((byte) scales.prices().scale());
        for (int i = 0; i < 4; i++) {
            scales.prices().append(row, i);
        }
        row.append((byte) scales.quantities().scale());
        scales.quantities().append(row, 0);
        scales.quantities().append(row, 1);
        row.append((byte) scales.quotes().scale());
        scales.quotes().append(row, 0);
        scales.quotes().append(row, 1);
        row.append(candle.trades());
        row.endRow();
    }
}
