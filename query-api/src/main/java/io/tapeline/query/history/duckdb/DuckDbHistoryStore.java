package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.InstrumentQuestion;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.Position;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.query.history.TickerQuestion;
import io.tapeline.query.history.Told;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in one DuckDB file. The file belongs to one process at a time: the engine's own lock
 * sees to that. A commit is on disk when {@link #write} returns.
 */
public final class DuckDbHistoryStore implements HistoryStore {

    private static final Logger LOG = LoggerFactory.getLogger(DuckDbHistoryStore.class);

    /** Questions that are answered at the same time. */
    private static final int READERS = 4;

    private static final String NOT_HELD =
            "its decimals need more than " + MantissaGroup.MOST_DIGITS + " digits at one scale";

    private final HistoryWriter writer;
    private final ReaderPool readers;

    private DuckDbHistoryStore(HistoryWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /** Keeps all for ever; else like {@link #open(Path, String, Keep, Clock)}. */
    public static DuckDbHistoryStore open(Path directory, String memory) {
        return open(directory, memory, Keep.FOR_EVER, Clock.systemUTC());
    }

    /**
     * @param directory made where it is missing
     * @param memory most that the engine may use before it goes to disk, such as {@code 512MB}
     * @param keep ages at which rows are deleted, by the clock, with a write that comes after
     * @throws HistoryUnavailableException if the file is held by another process or cannot be read
     */
    public static DuckDbHistoryStore open(Path directory, String memory, Keep keep, Clock clock) {
        try {
            Files.createDirectories(directory);
            DuckDBConnection connection =
                    (DuckDBConnection)
                            DriverManager.getConnection(
                                    "jdbc:duckdb:" + directory.resolve("history.duckdb"));
            try {
                configure(connection, directory, memory);
                Schema.bringUp(connection);
                return new DuckDbHistoryStore(
                        new HistoryWriter(connection, new Expiry(connection, keep, clock)),
                        new ReaderPool(connection, READERS));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new HistoryUnavailableException("history: cannot open " + directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(DuckDBConnection connection, Path directory, String memory)
            throws SQLException {
        if (!memory.matches("[0-9]{1,6}(MB|GB)")) {
            throw new IllegalArgumentException(
                    "history: memory \"" + memory + "\" is not of the form 512MB");
        }
        String spill = directory.resolve("spill").toString().replace("'", "''");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + memory + "'");
            statement.execute("SET threads = 2");
            statement.execute("SET temp_directory = '" + spill + "'");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET autoinstall_known_extensions = false");
        }
    }

    @Override
    public Optional<String> refusal(Candle candle) {
        return CandleScales.of(candle).isPresent() ? Optional.empty() : Optional.of(NOT_HELD);
    }

    @Override
    public Optional<String> refusal(LatestPrice price) {
        return MergePrices.groupOf(price).isPresent() ? Optional.empty() : Optional.of(NOT_HELD);
    }

    @Override
    public Optional<String> refusal(EpochMicros time) {
        return Optional.empty();
    }

    @Override
    public synchronized void write(HistoryBatch batch) {
        try {
            writer.write(batch);
        } catch (SQLException e) {
            throw new HistoryUnavailableException("history: writing failed", e);
        }
        tidy();
    }

    /** What was written is safe already: a failure costs speed of reading, and is tried again. */
    private void tidy() {
        try {
            writer.expire();
            long begin = System.nanoTime();
            if (writer.tidy()) {
                LOG.atInfo()
                        .addKeyValue("tookMs", (System.nanoTime() - begin) / 1_000_000)
                        .log("history: a bucket was put in order");
            }
        } catch (SQLException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("history: old rows could not be deleted, or a bucket not be put in order");
        }
    }

    @Override
    public List<Position> positions() {
        return readers.read(SelectPositions::execute);
    }

    @Override
    public List<CandlePart> candles(CandleQuestion question) {
        return readers.read(connection -> {
            OptionalInt id = SelectInstrumentId.execute(connection, question.instrument());
            return id.isEmpty()
                    ? List.of()
                    : CandlePages.answer(connection, id.getAsInt(), question);
        });
    }

    @Override
    public List<RecordedPrice> prices(PriceQuestion question) {
        return readers.read(connection -> {
            OptionalInt id = SelectInstrumentId.execute(connection, question.instrument());
            return id.isEmpty()
                    ? List.of()
                    : SelectPrices.execute(connection, id.getAsInt(), question);
        });
    }

    @Override
    public List<Ticker> tickers(TickerQuestion question) {
        return told(
                "tickers",
                question.instrument(),
                question.from(),
                question.to(),
                question.order(),
                question.limit(),
                Told::ticker);
    }

    @Override
    public List<InstrumentInfo> instruments(InstrumentQuestion question) {
        return told(
                "instrument_states",
                question.instrument(),
                question.from(),
                question.to(),
                question.order(),
                question.limit(),
                Told::instrument);
    }

    private <T> List<T> told(
            String table,
            Instrument instrument,
            EpochMicros from,
            EpochMicros to,
            Order order,
            int limit,
            Function<byte[], T> read) {
        return readers.read(connection -> {
            OptionalInt id = SelectInstrumentId.execute(connection, instrument);
            return id.isEmpty()
                    ? List.<T>of()
                    : SelectTold.execute(connection, table, id.getAsInt(), from, to, order, limit)
                            .stream()
                            .map(read)
                            .toList();
        });
    }

    @Override
    public List<Gap> gaps(GapQuestion question) {
        return readers.read(connection -> SelectGaps.execute(connection, question));
    }

    @Override
    public synchronized void close() {
        try {
            readers.close();
            writer.close();
        } catch (SQLException e) {
            throw new HistoryUnavailableException("history: closing failed", e);
        }
    }
}
