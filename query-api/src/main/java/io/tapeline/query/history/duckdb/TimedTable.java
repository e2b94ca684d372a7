package io.tapeline.query.history.duckdb;

import java.time.Duration;

/** A table that is kept sorted within stretches of time, its buckets. */
enum TimedTable {
    CANDLES("candles", "open_time_us", "instrument_id, span, open_time_us", Duration.ofDays(1)),
    PRICES("prices", "event_time_us", "instrument_id, event_time_us", Duration.ofHours(1)),
    TICKERS("tickers", "time_us", "instrument_id, time_us", Duration.ofDays(1));

    private final String table;
    private final String time;
    private final String order;
    private final long bucketUs;

    TimedTable(String table, String time, String order, Duration bucket) {
        this.table = table;
        this.time = time;
        this.order = order;
        this.bucketUs = bucket.toMillis() * 1_000;
    }

    String table() {
        return table;
    }

    /** Columns of the order in which a bucket is read. */
    String order() {
        return order;
    }

    long bucketOf(long timeUs) {
        return Math.floorDiv(timeUs, bucketUs);
    }

    /** The rows of a bucket, as a condition. */
    String within(long bucket) {
        return time
                + " >= "
                + bucket * bucketUs
                + " AND "
                + time
                + " < "
                + Math.addExact(bucket, 1) * bucketUs;
    }
}
