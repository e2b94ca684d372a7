package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.CandlePart;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeMap;

/**
 * Candles of one instrument within a range of minutes, rolled up. Rows are grouped by candle and by
 * scale; mantissas of equal scale are compared and added by the engine, the few groups of a candle
 * are put together here. Sums travel as two halves of 64 bits, so that adding 38-digit mantissas
 * cannot overflow.
 */
final class SelectCandles {

    private static final String LOW_HALF = " & 18446744073709551615::HUGEINT), sum(";

    private static final String COLUMNS =
            " AS candle, price_scale, quantity_scale, quote_scale, min(open_time_us),"
                    + " max(open_time_us), max(event_time_us), arg_min(open, open_time_us),"
                    + " max(high), min(low), arg_max(close, open_time_us), sum(trades), "
                    + halves("volume")
                    + ", "
                    + halves("taker_buy_volume")
                    + ", "
                    + halves("quote_volume")
                    + ", "
                    + halves("taker_buy_quote_volume")
                    + ", count(*)"
                    + " FROM candles WHERE span = '1m' AND open_time_us >= ? AND open_time_us < ?"
                    + " AND instrument_id = ?"
                    + " GROUP BY candle, price_scale, quantity_scale, quote_scale";

    private SelectCandles() {}

    private static String halves(String column) {
        return "sum(" + column + LOW_HALF + column + " >> 64)";
    }

    /**
     * @param instrumentId of the instrument in this file
     * @param from first minute, inclusive
     * @param to last minute, exclusive
     * @return by open time of the candle
     */
    static TreeMap<EpochMicros, CandlePart> execute(
            Connection connection,
            Instrument instrument,
            int instrumentId,
            Interval interval,
            long from,
            long to)
            throws SQLException {
        TreeMap<EpochMicros, CandlePart> parts = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + Bucketing.expression(interval) + COLUMNS)) {
            select.setLong(1, from);
            select.setLong(2, to);
            select.setInt(3, instrumentId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CandlePart part = part(row, instrument, interval);
                    parts.merge(part.openTime(), part, CandlePart::plus);
                }
            }
        }
        return parts;
    }

    private static CandlePart part(ResultSet row, Instrument instrument, Interval interval)
            throws SQLException {
        int price = row.getInt(2);
        int quantity = row.getInt(3);
        int quote = row.getInt(4);
        return new CandlePart(
                instrument,
                interval,
                new EpochMicros(row.getLong(1)),
                new EpochMicros(row.getLong(5)),
                new EpochMicros(row.getLong(6)),
                row.getLong(21),
                new EpochMicros(row.getLong(7)),
                Mantissas.price(row, 8, price),
                Mantissas.price(row, 9, price),
                Mantissas.price(row, 10, price),
                Mantissas.price(row, 11, price),
                Mantissas.sum(row, 13, quantity),
                Mantissas.sum(row, 17, quote),
                ((BigInteger) row.getObject(12)).longValueExact(),
                Mantissas.sum(row, 15, quantity),
                Mantissas.sum(row, 19, quote),
                true);
    }
}
