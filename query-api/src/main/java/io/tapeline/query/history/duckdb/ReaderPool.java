package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.HistoryUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/** A fixed number of connections to read by: more questions than that wait, and not for ever. */
final class ReaderPool implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final List<Connection> all = new ArrayList<>();
    private final BlockingQueue<Connection> idle;

    ReaderPool(DuckDBConnection owner, int size) throws SQLException {
        idle = new ArrayBlockingQueue<>(size);
        for (int i = 0; i < size; i++) {
            Connection reader = owner.duplicate();
            all.add(reader);
            idle.add(reader);
        }
    }

    <T> T read(Query<T> query) {
        Connection connection = borrow();
        try {
            return query.answer(connection);
        } catch (SQLException e) {
            throw new HistoryUnavailableException("history: reading failed", e);
        } finally {
            idle.add(connection);
        }
    }

    private Connection borrow() {
        try {
            Connection connection = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (connection == null) {
                throw new HistoryUnavailableException(
                        "history: all " + all.size() + " readers are busy",
                        new IllegalStateException("waited " + PATIENCE_SECONDS + " s"));
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryUnavailableException("history: interrupted", e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }

    @FunctionalInterface
    interface Query<T> {
        T answer(Connection connection) throws SQLException;
    }
}
