package io.tapeline.query.history.clickhouse;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Minutes of one instrument between two times, rolled up. Which minutes are needed for the asked
 * number of candles is found first, by reading their times alone, in the order of the key and no
 * further than needed; then those are rolled up exactly. Rows of different scales come as groups of
 * their own and are put together here; sums are of 256 bits and cannot overflow.
 */
final class SelectCandles {

    private static final String SELECT =
            """
            WITH (
                SELECT %1$s(candle) FROM (
                    SELECT %2$s AS candle FROM candles
                    WHERE instrument = {instrument:String} AND span = '1m'
                    AND open_time >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
                    AND open_time < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
                    ORDER BY open_time %3$s LIMIT 1 BY candle LIMIT {limit:UInt32})
            ) AS furthest
            SELECT %2$s AS candle, price_scale, quantity_scale, quote_scale,
                toUnixTimestamp64Micro(min(candles.open_time)),
                toUnixTimestamp64Micro(max(candles.open_time)),
                toUnixTimestamp64Micro(max(event_time)),
                argMin(open, open_time), max(high), min(low), argMax(close, open_time),
                sum(trades), sum(toInt256(volume)), sum(toInt256(taker_buy_volume)),
                sum(toInt256(quote_volume)), sum(toInt256(taker_buy_quote_volume)),
                toInt64(count())
            FROM candles FINAL
            WHERE instrument = {instrument:String} AND span = '1m'
            AND open_time >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
            AND open_time < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
            AND %4$s
            GROUP BY candle, price_scale, quantity_scale, quote_scale
            """;

    private SelectCandles() {}

    static List<CandlePart> execute(Session session, CandleQuestion question) {
        TreeMap<EpochMicros, CandlePart> parts = new TreeMap<>();
        session.query(
                        sql(question.interval(), question.order()),
                        Map.of(
                                "instrument",
                                question.instrument().id(),
                                "from",
                                HeldTimes.bound(question.from()),
                                "to",
                                HeldTimes.bound(question.to()),
                                "limit",
                                question.limit()),
                        row -> part(row, question.instrument(), question.interval()))
                .forEach(part -> parts.merge(part.openTime(), part, CandlePart::plus));
        return new ArrayList<>(
                (question.order() == Order.OLDEST_FIRST ? parts : parts.descendingMap()).values());
    }

    private static String sql(Interval interval, Order order) {
        String bucket = Bucketing.expression(interval);
        return switch (order) {
            case OLDEST_FIRST ->
                    SELECT.formatted(
                            "max",
                            bucket,
                            "ASC",
                            "open_time < fromUnixTimestamp64Micro(furthest + "
                                    + Bucketing.longestUs(interval)
                                    + ", 'UTC') AND candle <= furthest");
            case NEWEST_FIRST ->
                    SELECT.formatted(
                            "min",
                            bucket,
                            "DESC",
                            "open_time >= fromUnixTimestamp64Micro(furthest, 'UTC')");
        };
    }

    private static CandlePart part(
            ClickHouseBinaryFormatReader row, Instrument instrument, Interval interval) {
        int price = row.getInteger(2);
        int quantity = row.getInteger(3);
        int quote = row.getInteger(4);
        return new CandlePart(
                instrument,
                interval,
                new EpochMicros(row.getLong(1)),
                new EpochMicros(row.getLong(5)),
                new EpochMicros(row.getLong(6)),
                row.getLong(17),
                new EpochMicros(row.getLong(7)),
                Mantissas.price(row, 8, price),
                Mantissas.price(row, 9, price),
                Mantissas.price(row, 10, price),
                Mantissas.price(row, 11, price),
                Mantissas.quantity(row, 13, quantity),
                Mantissas.quantity(row, 15, quote),
                row.getLong(12),
                Mantissas.quantity(row, 14, quantity),
                Mantissas.quantity(row, 16, quote),
                true);
    }
}
