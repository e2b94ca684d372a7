package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What was told of one instrument between two times, as the messages it came in. */
final class SelectTold {

    private static final String SELECT =
            """
            SELECT base64Encode(message) FROM %1$s FINAL
            WHERE instrument = {instrument:String}
            AND time >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
            AND time < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
            ORDER BY time %2$s LIMIT {limit:UInt32}
            """;

    private SelectTold() {}

    static List<byte[]> execute(
            Session session,
            String table,
            Instrument instrument,
            EpochMicros from,
            EpochMicros to,
            Order order,
            int limit) {
        String direction =
                switch (order) {
                    case OLDEST_FIRST -> "ASC";
                    case NEWEST_FIRST -> "DESC";
                };
        return session.query(
                SELECT.formatted(table, direction),
                Map.of(
                        "instrument",
                        instrument.id(),
                        "from",
                        HeldTimes.bound(from),
                        "to",
                        HeldTimes.bound(to),
                        "limit",
                        limit),
                row -> Base64.getDecoder().decode(row.getString(1)));
    }
}
