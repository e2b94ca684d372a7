package io.tapeline.benchmarks.history;

import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.duckdb.DuckDbHistoryStore;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Candles into each store and out of it, beside the engine alone, by turns: the engine copies the
 * same rows, in batches of the same size, from another table into one of the same kind; and of each
 * question it tells how long it took itself.
 */
public final class HistoryBenchmark {

    private static final int ROUNDS = 3;
    private static final int QUESTIONS = 30;
    private static final long MINUTE_US = 60_000_000;
    private static final int DAY = 1_440;

    private final boolean brief;
    private final int instruments;
    private final int minutes;
    private final List<Answer.Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private HistoryBenchmark(boolean brief) {
        this.brief = brief;
        instruments = brief ? 10 : 50;
        minutes = 30 * DAY;
    }

    public static Answer run(Options options) throws Exception {
        Path directory = Files.createTempDirectory("tapeline-bench-history-");
        try (Server server = Server.start(directory.resolve("clickhouse"))) {
            HistoryBenchmark benchmark = new HistoryBenchmark(options.brief());
            benchmark.notes.add(
                    "%,d candles of %d made-up instruments, minute by minute; ClickHouse %s (%s); client and engine share the processors."
                            .formatted(
                                    benchmark.candles(),
                                    benchmark.instruments,
                                    server.askOutside("SELECT version()"),
                                    server.kind()));
            benchmark.clickHouse(server);
            benchmark.duckDb(directory.resolve("duckdb"));
            Answer.Table shapes = Shapes.compare(server);
            server.askOutside("DROP DATABASE " + server.settings().database());
            return new Answer(
                    benchmark.notes,
                    List.of(Answer.compared("least to most", benchmark.rows), shapes));
        } finally {
            delete(directory);
        }
    }

    private long candles() {
        return (long) instruments * minutes;
    }

    private void clickHouse(Server server) throws Exception {
        server.askOutside("DROP DATABASE IF EXISTS " + server.settings().database());
        try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(server.settings())) {
            var _ = store.positions();
            fill(store, 100_000 / instruments);
            server.ask(
                    "CREATE TABLE source ENGINE = MergeTree ORDER BY number AS SELECT *,"
                        + " rowNumberInAllBlocks() AS number FROM (SELECT * FROM candles ORDER BY"
                        + " open_time, instrument)");
            for (int batch : brief ? List.of(10_000) : List.of(10_000, 100_000)) {
                inserts(server, store, batch);
            }
            questions(store);
            notes.add(
                    "On disk: "
                            + server.ask(
                                    "SELECT round(sum(bytes_on_disk) / sum(rows), 1) FROM"
                                            + " system.parts WHERE database = currentDatabase() AND"
                                            + " table = 'candles' AND active")
                            + " bytes a candle.");
        }
    }

    private void fill(HistoryStore store, int minutesPerBatch) {
        MarketMinutes market = new MarketMinutes(instruments);
        for (int minute = 0; minute < minutes; minute += minutesPerBatch) {
            store.write(batch(market.next(Math.min(minutesPerBatch, minutes - minute))));
        }
    }

    private static HistoryBatch batch(List<Candle> candles) {
        return new HistoryBatch(candles, List.of(), List.of(), List.of());
    }

    private void inserts(Server server, ClickHouseHistoryStore store, int batch) throws Exception {
        int batches = Math.toIntExact(Math.min(candles(), 600_000) / batch);
        double[] own = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            server.ask("DROP TABLE IF EXISTS copied");
            server.ask("CREATE TABLE copied AS candles");
            long begin = System.nanoTime();
            for (int i = 0; i < batches; i++) {
                server.ask(
                        "INSERT INTO copied SELECT * EXCEPT number FROM source WHERE number >= %d AND number < %d SETTINGS max_threads = 2"
                                .formatted((long) i * batch, (long) (i + 1) * batch));
            }
            own[round] = (double) batches * batch * 1e9 / (System.nanoTime() - begin);
            MarketMinutes market = new MarketMinutes(instruments);
            server.ask("TRUNCATE TABLE candles");
            long nanos = 0;
            for (int i = 0; i < batches; i++) {
                HistoryBatch made = batch(market.next(batch / instruments));
                long from = System.nanoTime();
                store.write(made);
                nanos += System.nanoTime() - from;
            }
            ours[round] = (double) batches * batch * 1e9 / nanos;
        }
        String task = "insert, %,d a batch".formatted(batch);
        rows.add(Answer.Row.ofRounds(task, "ClickHouse by itself", "candles/s", own));
        rows.add(Answer.Row.ofRounds(task, "through the store", "candles/s", ours));
        server.ask("DROP TABLE copied");
        server.ask("TRUNCATE TABLE candles");
        server.ask("INSERT INTO candles SELECT * EXCEPT number FROM source");
    }

    private void questions(ClickHouseHistoryStore store) {
        for (Asked asked : asked()) {
            double[] own = new double[QUESTIONS];
            double[] ours = new double[QUESTIONS];
            for (int i = -QUESTIONS; i < QUESTIONS; i++) {
                long before = store.serverNanos();
                long begin = System.nanoTime();
                asked.of(store, (i + QUESTIONS) % instruments);
                if (i >= 0) {
                    ours[i] = (System.nanoTime() - begin) / 1e6;
                    own[i] = (store.serverNanos() - before) / 1e6;
                }
            }
            rows.add(Answer.Row.ofRounds(asked.name(), "ClickHouse by itself", "ms", own));
            rows.add(Answer.Row.ofRounds(asked.name(), "through the store", "ms", ours));
        }
    }

    /** A question about the last so many minutes. */
    private record Asked(String name, Interval interval, int from, int to) {
        void of(HistoryStore store, int instrument) {
            int answered =
                    store.candles(
                                    new CandleQuestion(
                                            MarketMinutes.instrument(instrument),
                                            interval,
                                            time(from),
                                            time(to),
                                            Order.OLDEST_FIRST,
                                            5_000))
                            .size();
            if (answered == 0) {
                throw new IllegalStateException("nothing is answered");
            }
        }

        private static EpochMicros time(int minute) {
            return new EpochMicros(MarketMinutes.START.value() + minute * MINUTE_US);
        }
    }

    private List<Asked> asked() {
        return List.of(
                new Asked("a day as 1m", Interval.ONE_MINUTE, minutes - DAY, minutes),
                new Asked("30 days as 1h", Interval.ONE_HOUR, 0, minutes));
    }

    private void duckDb(Path directory) throws IOException {
        int batch = 10_000;
        int batches = Math.toIntExact(candles() / batch);
        try (DuckDbHistoryStore store = DuckDbHistoryStore.open(directory, "512MB")) {
            MarketMinutes market = new MarketMinutes(instruments);
            long nanos = 0;
            for (int i = 0; i < batches; i++) {
                HistoryBatch made = batch(market.next(batch / instruments));
                long from = System.nanoTime();
                store.write(made);
                nanos += System.nanoTime() - from;
            }
            rows.add(
                    Answer.Row.of(
                            "insert, 10,000 a batch",
                            "DuckDB's store, put in order",
                            "candles/s",
                            (double) batches * batch * 1e9 / nanos));
            for (Asked asked : asked()) {
                double[] ours = new double[QUESTIONS];
                for (int i = -QUESTIONS; i < QUESTIONS; i++) {
                    long begin = System.nanoTime();
                    asked.of(store, (i + QUESTIONS) % instruments);
                    if (i >= 0) {
                        ours[i] = (System.nanoTime() - begin) / 1e6;
                    }
                }
                rows.add(Answer.Row.ofRounds(asked.name(), "DuckDB's store", "ms", ours));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
