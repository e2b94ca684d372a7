package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.Keep;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Ages at which rows are deleted, as settings say. Changed only where the table says otherwise;
 * rows that are there already go when their part is merged next.
 */
final class Retention {

    private static final String OF_TABLE =
            """
            SELECT extract(create_table_query, 'TTL .* \\\\+ toIntervalDay\\\\(([0-9]+)\\\\)')
            FROM system.tables WHERE database = {database:String} AND name = {table:String}
            """;

    private Retention() {}

    static void apply(Session session, Keep keep) {
        apply(session, "candles", "open_time", keep.candles());
        apply(session, "prices", "event_time", keep.prices());
        apply(session, "tickers", "time", keep.tickers());
    }

    private static void apply(Session session, String table, String time, Duration age) {
        String wanted = age.isZero() ? "" : Long.toString(age.toDays());
        if (held(session, table).contains(wanted)) {
            return;
        }
        session.command(
                wanted.isEmpty()
                        ? "ALTER TABLE " + table + " REMOVE TTL"
                        : "ALTER TABLE "
                                + table
                                + " MODIFY TTL "
                                + time
                                + " + toIntervalDay("
                                + wanted
                                + ") SETTINGS materialize_ttl_after_modify = 0");
    }

    /** The age in days that the table has; an empty text where it has none. */
    static List<String> held(Session session, String table) {
        return session.query(
                OF_TABLE,
                Map.of("database", session.database(), "table", table),
                row -> row.getString(1));
    }
}
