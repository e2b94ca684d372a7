package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.PriceQuestion;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Recorded prices of one instrument between two times. */
final class SelectPrices {

    private static final String SELECT =
            """
            SELECT event_time_us, scale, price, bid, ask, source FROM prices
            WHERE event_time_us >= ? AND event_time_us < ?
            AND instrument_id = ?
            ORDER BY event_time_us %s LIMIT ?
            """;

    private SelectPrices() {}

    static List<LatestPrice> execute(
            Connection connection, int instrumentId, PriceQuestion question) throws SQLException {
        List<LatestPrice> prices = new ArrayList<>();
        String direction =
                switch (question.order()) {
                    case OLDEST_FIRST -> "ASC";
                    case NEWEST_FIRST -> "DESC";
                };
        try (PreparedStatement select = connection.prepareStatement(SELECT.formatted(direction))) {
            select.setLong(1, question.from().value());
            select.setLong(2, question.to().value());
            select.setInt(3, instrumentId);
            select.setInt(4, question.limit());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int scale = row.getInt(2);
                    prices.add(
                            new LatestPrice(
                                    question.instrument(),
                                    new EpochMicros(row.getLong(1)),
                                    Mantissas.price(row, 3, scale),
                                    Mantissas.priceOrNull(row, 4, scale),
                                    Mantissas.priceOrNull(row, 5, scale),
                                    row.getString(6)));
                }
            }
        }
        return prices;
    }
}
