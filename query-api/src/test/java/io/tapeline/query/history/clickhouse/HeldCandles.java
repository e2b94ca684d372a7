package io.tapeline.query.history.clickhouse;

import java.util.Map;

/** What a test asks a database's candles as a whole. */
public final class HeldCandles {

    private static final String SUMS =
            """
            SELECT toInt64(count()), toInt64(sum(toInt256(volume))),
                toInt64(sum(toInt256(close))), sum(trades)
            FROM candles
            """;

    /**
     * @param volumes mantissas, likewise {@code closes}
     */
    public record Sums(long count, long volumes, long closes, long trades) {}

    private HeldCandles() {}

    /** Of each key the row that a reader sees. */
    public static Sums seen(ClickHouseSettings settings) {
        return ask(settings, SUMS + " FINAL");
    }

    /** Every row on the disk, after the engine has put those of equal keys together. */
    public static Sums merged(ClickHouseSettings settings) {
        try (Session session = new Session(settings)) {
            session.command("OPTIMIZE TABLE candles FINAL");
        }
        return ask(settings, SUMS);
    }

    private static Sums ask(ClickHouseSettings settings, String sql) {
        try (Session session = new Session(settings)) {
            return session.query(
                            sql,
                            Map.of(),
                            row ->
                                    new Sums(
                                            row.getLong(1),
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4)))
                    .getFirst();
        }
    }
}
