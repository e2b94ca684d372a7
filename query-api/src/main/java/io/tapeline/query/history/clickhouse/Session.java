package io.tapeline.query.history.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.tapeline.query.history.HistoryUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;

/**
 * What statements need of the client. Whatever goes wrong is a {@link HistoryUnavailableException}
 * that says what the server said. For any number of threads.
 */
final class Session implements AutoCloseable {

    /** Reads the row that the reader stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ClickHouseBinaryFormatReader row);
    }

    /** Questions and writes that are answered at the same time. */
    private static final int CONNECTIONS = 16;

    private static final int CONNECT_MS = 5_000;

    /** Enough to tell what is wrong; a server's text may quote the whole statement. */
    private static final int MOST_TEXT = 400;

    private final Client client;
    private final String database;
    private final LongAdder serverNanos = new LongAdder();

    Session(ClickHouseSettings settings) {
        database = settings.database();
        Client.Builder builder =
                new Client.Builder()
                        .addEndpoint(settings.url().toString())
                        .setUsername(settings.user())
                        .setPassword(settings.password())
                        .setDefaultDatabase(database)
                        .setClientName("tapeline")
                        .compressServerResponse(false)
                        .compressClientRequest(false)
                        .setConnectTimeout(CONNECT_MS)
                        .setConnectionRequestTimeout(
                                settings.timeout().toMillis(), ChronoUnit.MILLIS)
                        .setSocketTimeout(settings.timeout().toMillis(), ChronoUnit.MILLIS)
                        .setSocketTcpNodelay(true)
                        .setMaxConnections(CONNECTIONS)
                        // A connection that died while it was idle; all else is tried again by
                        // whoever asks.
                        .setMaxRetries(1)
                        .serverSetting("async_insert", "0")
                        // A row's partition follows from its key.
                        .serverSetting("do_not_merge_across_partitions_select_final", "1");
        if (settings.trusted() != null) {
            builder.setRootCertificate(settings.trusted().toString());
        }
        client = builder.build();
    }

    String database() {
        return database;
    }

    /** What the server says that answering took it, all questions together. */
    long serverNanos() {
        return serverNanos.sum();
    }

    /** A statement without an answer. */
    void command(String sql) {
        command(sql, database);
    }

    /** Likewise, where the database may not be there yet. */
    void commandOutside(String sql) {
        command(sql, "default");
    }

    private void command(String sql, String in) {
        try (QueryResponse _ = get(client.query(sql, new QuerySettings().setDatabase(in)))) {
            // Nothing is answered.
        } catch (HistoryUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    <T> List<T> query(String sql, Map<String, Object> parameters, Row<T> row) {
        QuerySettings settings =
                new QuerySettings().setFormat(ClickHouseFormat.RowBinaryWithNamesAndTypes);
        try (QueryResponse response = get(client.query(sql, parameters, settings));
                ClickHouseBinaryFormatReader reader = client.newBinaryFormatReader(response)) {
            serverNanos.add(Math.max(0, response.getServerTime()));
            List<T> rows = new ArrayList<>();
            while (reader.hasNext()) {
                reader.next();
                rows.add(row.read(reader));
            }
            return rows;
        } catch (HistoryUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    /**
     * Returns when the server has the rows.
     *
     * @param token says which rows these are: of two inserts with the same one the second is
     *     dropped; empty where that is not known
     */
    void insert(String table, NativeBlock block, String token) {
        if (block.rows() == 0) {
            return;
        }
        InsertSettings settings =
                new InsertSettings()
                        .serverSetting("throw_on_max_partitions_per_insert_block", "0")
                        .serverSetting("input_format_native_allow_types_conversion", "1");
        if (!token.isEmpty()) {
            settings.setDeduplicationToken(Digest.of(token));
        }
        try (var _ =
                get(client.insert(table, new Rows(block), ClickHouseFormat.Native, settings))) {
            // How many were written is not told for rows that were dropped.
        } catch (HistoryUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    private record Rows(NativeBlock block) implements DataStreamWriter {

        @Override
        public void onOutput(OutputStream out) throws IOException {
            block.writeTo(out);
            out.close();
        }

        @Override
        public void onRetry() {
            // The block is written from its beginning.
        }
    }

    private static <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryUnavailableException("history: interrupted", e);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static HistoryUnavailableException unavailable(Throwable e) {
        // Of a certificate the client itself says only that there is a problem.
        String text =
                e.getCause() instanceof SSLException problem
                        ? e.getMessage() + ": " + problem.getMessage()
                        : String.valueOf(e.getMessage());
        String said = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
        return new HistoryUnavailableException(
                e instanceof ServerException
                        ? "history: ClickHouse refuses: " + said
                        : "history: ClickHouse does not answer: " + said,
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
