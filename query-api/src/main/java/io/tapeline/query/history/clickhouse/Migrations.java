package io.tapeline.query.history.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables, step by step, forward only. Each step is one statement that does nothing where it has
 * been done, so that several processes may start at once; what was applied is written down with the
 * digest of its text. A database of a newer program, or a step whose text has changed since, is
 * refused.
 */
final class Migrations {

    /** Step n is {@code STEPS.get(n - 1)}. Never changed, only added to. */
    private static final List<String> STEPS =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS candles (
                        instrument LowCardinality(String),
                        span LowCardinality(String),
                        open_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
                        event_time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
                        price_scale UInt8 CODEC(ZSTD(1)),
                        open Int128 CODEC(ZSTD(1)),
                        high Int128 CODEC(ZSTD(1)),
                        low Int128 CODEC(ZSTD(1)),
                        close Int128 CODEC(ZSTD(1)),
                        quantity_scale UInt8 CODEC(ZSTD(1)),
                        volume Int128 CODEC(ZSTD(1)),
                        taker_buy_volume Int128 CODEC(ZSTD(1)),
                        quote_scale UInt8 CODEC(ZSTD(1)),
                        quote_volume Int128 CODEC(ZSTD(1)),
                        taker_buy_quote_volume Int128 CODEC(ZSTD(1)),
                        trades Int64 CODEC(T64, ZSTD(1)))
                    ENGINE = ReplacingMergeTree(event_time)
                    PARTITION BY toYYYYMM(open_time)
                    ORDER BY (instrument, span, open_time)
                    SETTINGS non_replicated_deduplication_window = 1000,
                        fsync_after_insert = 1, fsync_part_directory = 1
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS prices (
                        instrument LowCardinality(String),
                        event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
                        scale UInt8 CODEC(ZSTD(1)),
                        price Int128 CODEC(ZSTD(1)),
                        bid Nullable(Int128) CODEC(ZSTD(1)),
                        ask Nullable(Int128) CODEC(ZSTD(1)),
                        source LowCardinality(String))
                    ENGINE = ReplacingMergeTree
                    PARTITION BY toYYYYMM(event_time)
                    ORDER BY (instrument, event_time)
                    SETTINGS non_replicated_deduplication_window = 1000,
                        fsync_after_insert = 1, fsync_part_directory = 1
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS tickers (
                        instrument LowCardinality(String),
                        time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
                        message String CODEC(ZSTD(1)))
                    ENGINE = ReplacingMergeTree
                    PARTITION BY toYYYYMM(time)
                    ORDER BY (instrument, time)
                    SETTINGS non_replicated_deduplication_window = 1000,
                        fsync_after_insert = 1, fsync_part_directory = 1
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS instrument_states (
                        instrument LowCardinality(String),
                        time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
                        message String CODEC(ZSTD(1)))
                    ENGINE = ReplacingMergeTree
                    PARTITION BY toYYYYMM(time)
                    ORDER BY (instrument, time)
                    SETTINGS non_replicated_deduplication_window = 1000,
                        fsync_after_insert = 1, fsync_part_directory = 1
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS gaps (
                        id String,
                        venue LowCardinality(String),
                        symbol LowCardinality(String),
                        found DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
                        ended_us UInt64 CODEC(ZSTD(1)),
                        message String CODEC(ZSTD(1)))
                    ENGINE = ReplacingMergeTree(ended_us)
                    ORDER BY id
                    SETTINGS non_replicated_deduplication_window = 1000,
                        fsync_after_insert = 1, fsync_part_directory = 1
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS positions (
                        topic String,
                        topic_id String,
                        partition Int64,
                        next_offset UInt64,
                        written DateTime64(6, 'UTC') DEFAULT now64(6))
                    ENGINE = ReplacingMergeTree(next_offset)
                    ORDER BY (topic, partition, topic_id)
                    """);

    private record Applied(int step, String digest) {}

    private Migrations() {}

    /**
     * @throws IllegalStateException if the database is of another program than this
     */
    static void apply(Session session) {
        session.commandOutside("CREATE DATABASE IF NOT EXISTS " + session.database());
        session.command(
                """
                CREATE TABLE IF NOT EXISTS migrations (
                    step UInt32,
                    digest String,
                    applied DateTime64(3, 'UTC') DEFAULT now64(3))
                ENGINE = ReplacingMergeTree
                ORDER BY step
                """);
        Map<Integer, String> applied = applied(session);
        applied.keySet().stream()
                .max(Integer::compare)
                .filter(newest -> newest > STEPS.size())
                .ifPresent(newest -> {
                    throw new IllegalStateException(
                            "history: database "
                                    + session.database()
                                    + " has schema version "
                                    + newest
                                    + ", this program knows up to "
                                    + STEPS.size());
                });
        for (int step = 1; step <= STEPS.size(); step++) {
            String sql = STEPS.get(step - 1);
            String digest = Digest.of(sql.strip());
            String before = applied.get(step);
            if (before == null) {
                session.command(sql);
                session.command(
                        "INSERT INTO migrations (step, digest) VALUES ("
                                + step
                                + ", '"
                                + digest
                                + "')");
            } else if (!before.equals(digest)) {
                throw new IllegalStateException(
                        "history: step "
                                + step
                                + " of the schema of database "
                                + session.database()
                                + " was another one when it was applied");
            }
        }
    }

    private static Map<Integer, String> applied(Session session) {
        Map<Integer, String> applied = new TreeMap<>();
        session.query(
                        "SELECT toInt32(step) AS step, digest FROM migrations FINAL",
                        Map.of(),
                        row -> new Applied(row.getInteger(1), row.getString(2)))
                .forEach(each -> applied.put(each.step(), each.digest()));
        return applied;
    }
}
