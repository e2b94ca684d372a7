package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Adds prices by instrument and event time; a later one takes the place of an equal key. */
final class MergePrices {

    private static final String STAGE = "stage_prices";

    private static final String DROP_SAME =
            """
            DELETE FROM prices USING stage_prices s WHERE prices.instrument_id = s.instrument_id
            AND prices.event_time_us = s.event_time_us AND prices.event_time_us BETWEEN ? AND ?
            """;

    private static final String ADD =
            "INSERT INTO prices SELECT * FROM stage_prices ORDER BY instrument_id, event_time_us";

    private record Key(Instrument instrument, EpochMicros eventTime) {}

    private final DuckDBConnection connection;
    private final InstrumentIds ids;

    MergePrices(DuckDBConnection connection, InstrumentIds ids) throws SQLException {
        this.connection = connection;
        this.ids = ids;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE " + STAGE + " AS SELECT * FROM prices WHERE false");
        }
    }

    /** Within the running transaction. */
    void execute(List<LatestPrice> prices) throws SQLException {
        if (prices.isEmpty()) {
            return;
        }
        Map<Key, LatestPrice> last = new LinkedHashMap<>();
        for (LatestPrice price : prices) {
            last.put(new Key(price.instrument(), price.eventTime()), price);
        }
        stage(last.values());
        try (PreparedStatement drop = connection.prepareStatement(DROP_SAME);
                Statement statement = connection.createStatement()) {
            drop.setLong(
                    1,
                    last.keySet().stream().mapToLong(k -> k.eventTime().value()).min().orElse(0));
            drop.setLong(
                    2,
                    last.keySet().stream().mapToLong(k -> k.eventTime().value()).max().orElse(0));
            drop.executeUpdate();
            statement.executeUpdate(ADD);
            statement.execute("DELETE FROM " + STAGE);
        }
    }

    private void stage(Collection<LatestPrice> prices) throws SQLException {
        for (LatestPrice price : prices) {
            ids.of(price.instrument());
        }
        try (DuckDBAppender row = connection.createAppender("temp", "main", STAGE)) {
            for (LatestPrice price : prices) {
                MantissaGroup group =
                        groupOf(price)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "history: price of "
                                                        + price.instrument()
                                                        + " cannot be held exactly"));
                row.beginRow();
                row.append(ids.of(price.instrument()));
                row.append(price.eventTime().value());
                row.append((byte) group.scale());
                for (int i = 0; i < 3; i++) {
                    group.append(row, i);
                }
                row.append(price.source());
                row.endRow();
            }
        }
    }

    static Optional<MantissaGroup> groupOf(LatestPrice price) {
        var bid = price.bid();
        var ask = price.ask();
        return MantissaGroup.of(
                price.price().value(),
                bid == null ? null : bid.value(),
                ask == null ? null : ask.value());
    }
}
