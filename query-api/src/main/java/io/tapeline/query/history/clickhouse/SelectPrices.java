package io.tapeline.query.history.clickhouse;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import java.util.List;
import java.util.Map;

/**
 * Recorded prices of one instrument between two times. How far the asked number reaches is found
 * first, in the order of the key, so that no more rows than those are looked at for older versions.
 */
final class SelectPrices {

    private static final String SELECT =
            """
            WITH (
                SELECT %1$s(time) FROM (
                    SELECT event_time AS time FROM prices
                    WHERE instrument = {instrument:String}
                    AND event_time >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
                    AND event_time < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
                    ORDER BY event_time %2$s LIMIT 1 BY time LIMIT {limit:UInt32})
            ) AS furthest
            SELECT toUnixTimestamp64Micro(event_time), scale, price, bid, ask, source
            FROM prices FINAL
            WHERE instrument = {instrument:String}
            AND event_time >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
            AND event_time < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
            AND event_time %3$s furthest
            ORDER BY event_time %2$s
            """;

    private SelectPrices() {}

    static List<LatestPrice> execute(Session session, PriceQuestion question) {
        String sql =
                switch (question.order()) {
                    case OLDEST_FIRST -> SELECT.formatted("max", "ASC", "<=");
                    case NEWEST_FIRST -> SELECT.formatted("min", "DESC", ">=");
                };
        return session.query(
                sql,
                Map.of(
                        "instrument",
                        question.instrument().id(),
                        "from",
                        HeldTimes.bound(question.from()),
                        "to",
                        HeldTimes.bound(question.to()),
                        "limit",
                        question.limit()),
                row -> price(row, question.instrument()));
    }

    private static LatestPrice price(ClickHouseBinaryFormatReader row, Instrument instrument) {
        int scale = row.getInteger(2);
        return new LatestPrice(
                instrument,
                new EpochMicros(row.getLong(1)),
                Mantissas.price(row, 3, scale),
                Mantissas.priceOrNull(row, 4, scale),
                Mantissas.priceOrNull(row, 5, scale),
                row.getString(6));
    }
}
