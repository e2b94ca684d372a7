package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.Told;
import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** All that changes the file, on one connection; one call at a time. */
final class HistoryWriter implements AutoCloseable {

    private final DuckDBConnection connection;
    private final InstrumentIds ids;
    private final MergeCandles candles;
    private final MergePrices prices;
    private final MergeTold tickers;
    private final MergeTold instruments;
    private final MergeGaps gaps;
    private final StorePositions positions;
    private final Layout layout;
    private final Expiry expiry;

    HistoryWriter(DuckDBConnection connection, Expiry expiry) throws SQLException {
        this.connection = connection;
        this.expiry = expiry;
        ids = new InstrumentIds(connection);
        ids.reload();
        candles = new MergeCandles(connection, ids);
        prices = new MergePrices(connection, ids);
        tickers = new MergeTold(connection, ids, "tickers");
        instruments = new MergeTold(connection, ids, "instrument_states");
        gaps = new MergeGaps(connection);
        positions = new StorePositions(connection);
        layout = new Layout(connection);
    }

    void write(HistoryBatch batch) throws SQLException {
        inTransaction(() -> {
            candles.execute(batch.candles());
            prices.execute(batch.prices());
            tickers.execute(batch.tickers().stream().map(Told::of).toList());
            instruments.execute(batch.instruments().stream().map(Told::of).toList());
            gaps.execute(batch.gaps());
            layout.added(
                    TimedTable.CANDLES,
                    batch.candles().stream().mapToLong(c -> c.openTime().value()));
            layout.added(
                    TimedTable.PRICES,
                    batch.prices().stream().mapToLong(p -> p.eventTime().value()));
            layout.added(
                    TimedTable.TICKERS,
                    batch.tickers().stream().mapToLong(t -> t.eventTime().value()));
            positions.execute(batch.positions());
        });
    }

    /** Deletes buckets that are too old, if there are any. */
    void expire() throws SQLException {
        if (expiry.isDue()) {
            inTransaction(expiry::execute);
        }
    }

    /**
     * Rewrites the bucket that most deserves it, if one does.
     *
     * @return whether one did
     */
    boolean tidy() throws SQLException {
        for (TimedTable table : TimedTable.values()) {
            Optional<Long> bucket = layout.worst(table);
            if (bucket.isPresent()) {
                inTransaction(() ->
                        layout.sorted(
                                table,
                                bucket.get(),
                                RewriteBucket.execute(connection, table, bucket.get())));
                return true;
            }
        }
        return false;
    }

    private void inTransaction(Changes changes) throws SQLException {
        connection.setAutoCommit(false);
        try {
            changes.make();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            undo(e);
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void undo(Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            ids.reload();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @FunctionalInterface
    private interface Changes {
        void make() throws SQLException;
    }
}
