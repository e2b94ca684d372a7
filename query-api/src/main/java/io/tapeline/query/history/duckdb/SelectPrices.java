package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.Order;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded prices of one instrument between two times, each with the time of the next. Within an
 * answer that is its neighbour; for the newest of the answer it is asked for, since it may lie
 * beyond the question. Prices are recorded in the order of their times, and never taken away: what
 * is added in between is newer than both.
 */
final class SelectPrices {

    private static final String SELECT =
            """
            SELECT event_time_us, scale, price, bid, ask, source FROM prices
            WHERE event_time_us >= ? AND event_time_us < ?
            AND instrument_id = ?
            ORDER BY event_time_us %s LIMIT ?
            """;

    private SelectPrices() {}

    static List<RecordedPrice> execute(
            Connection connection, int instrumentId, PriceQuestion question) throws SQLException {
        List<LatestPrice> prices = select(connection, instrumentId, question);
        if (prices.isEmpty()) {
            return List.of();
        }
        List<RecordedPrice> recorded = new ArrayList<>(prices.size());
        switch (question.order()) {
            case OLDEST_FIRST -> {
                for (int i = 0; i < prices.size() - 1; i++) {
                    recorded.add(new RecordedPrice(prices.get(i), prices.get(i + 1).eventTime()));
                }
                recorded.add(withNext(connection, instrumentId, prices.getLast()));
            }
            case NEWEST_FIRST -> {
                recorded.add(withNext(connection, instrumentId, prices.getFirst()));
                for (int i = 1; i < prices.size(); i++) {
                    recorded.add(new RecordedPrice(prices.get(i), prices.get(i - 1).eventTime()));
                }
            }
        }
        return recorded;
    }

    private static RecordedPrice withNext(
            Connection connection, int instrumentId, LatestPrice price) throws SQLException {
        PriceQuestion after =
                new PriceQuestion(
                        price.instrument(),
                        new EpochMicros(price.eventTime().value() + 1),
                        new EpochMicros(Long.MAX_VALUE),
                        Order.OLDEST_FIRST,
                        1);
        List<LatestPrice> next = select(connection, instrumentId, after);
        return new RecordedPrice(price, next.isEmpty() ? null : next.getFirst().eventTime());
    }

    private static List<LatestPrice> select(
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
