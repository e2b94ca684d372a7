package io.tapeline.benchmarks.bookstore;

import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/**
 * Three ways to keep a book, fed the same diffs: bytes for the changelog, and updates by processor
 * time. None sends anything to Kafka.
 */
public final class BookStoreBenchmark {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final int ROUNDS = 5;
    private static final List<Integer> UPDATES_A_COMMIT = List.of(1, 10, 100);

    /** What Kafka adds to a record in a batch, about. */
    private static final int RECORD_OVERHEAD = 8;

    private final List<DepthMessage> messages;
    private final int updatesPerCommit;
    private final List<Answer.Row> rows = new ArrayList<>();
    private long bytes;

    private BookStoreBenchmark(List<DepthMessage> messages, int updatesPerCommit) {
        this.messages = messages;
        this.updatesPerCommit = updatesPerCommit;
    }

    public static Answer run(Options options) throws Exception {
        DepthTape tape = DepthTape.busy(options.synthetic());
        List<DepthMessage> messages = new ArrayList<>();
        messages.add(decode(tape, tape.snapshot(), "rest/depth?limit=1000"));
        for (String diff : tape.diffs()) {
            messages.add(decode(tape, diff, "btcusdt@depth@100ms"));
        }
        List<Answer.Row> rows = new ArrayList<>();
        for (int updates : UPDATES_A_COMMIT) {
            BookStoreBenchmark benchmark = new BookStoreBenchmark(messages, updates);
            benchmark.run(options.brief() ? 1 : ROUNDS);
            rows.addAll(benchmark.rows);
        }
        return new Answer(
                List.of(
                        "%,d %s.".formatted(tape.diffs().size(), tape.origin())
                                + " Updates a second of one thread's processor time, over "
                                + ROUNDS
                                + " rounds of all by turns after one to warm up, and what each"
                                + " would write to the changelog: ours what changed since the last"
                                + " commit, a key for each level as a Streams store of RocksDB"
                                + " would put and log it, and the whole book as one value."),
                List.of(Answer.compared("least to most", rows)));
    }

    private void run(int rounds) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> keys = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            boolean last = round == rounds;
            measure("ours", ours, round > 0, last, this::ours);
            measure("a RocksDB key a level", keys, round > 0, last, this::keyPerLevel);
            measure("whole book a value", whole, round > 0, last, this::wholeBook);
        }
        rows.sort(Comparator.comparing(Answer.Row::task));
    }

    private interface Way {
        void run() throws Exception;
    }

    private void measure(String name, List<Double> rounds, boolean counts, boolean last, Way way)
            throws Exception {
        bytes = 0;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        way.run();
        if (counts) {
            rounds.add(messages.size() * 1e9 / (threads.getCurrentThreadCpuTime() - begun));
        }
        if (last) {
            String when = updatesPerCommit + (updatesPerCommit == 1 ? " update" : " updates");
            rows.add(
                    Answer.Row.ofRounds(
                            when + " a commit: rate",
                            name,
                            "updates/s",
                            rounds.stream().mapToDouble(Double::doubleValue).toArray()));
            rows.add(
                    Answer.Row.of(
                            when + " a commit: changelog",
                            name,
                            "bytes/update",
                            (double) bytes / messages.size()));
        }
    }

    private static DepthMessage decode(DepthTape tape, String payload, String stream)
            throws MalformedPayload {
        return BinanceDepth.decode(
                new RawRecord(
                        BTC,
                        DepthTape.renamed(payload, tape.symbol(), BTC.symbol())
                                .getBytes(StandardCharsets.UTF_8),
                        stream,
                        "a",
                        new EpochNanos(1),
                        ExchangeTimeUnit.MILLISECONDS));
    }

    private void count(byte[] key, byte[] value) {
        bytes += key.length + value.length + RECORD_OVERHEAD;
    }

    private static BookTable table() {
        return new BookTable(new BookSync(SyncSettings.DEFAULT));
    }

    private static void accept(BookTable table, DepthMessage message, int i) {
        EpochMicros now = new EpochMicros(i);
        table.book(BTC).accept(message, new RecordSource(0, i, now), now);
    }

    private void ours() {
        BookTable table = table();
        for (int i = 0; i < messages.size(); i++) {
            accept(table, messages.get(i), i);
            if (i % updatesPerCommit == 0) {
                table.writeChanges(this::count);
            }
        }
    }

    private void wholeBook() {
        BookTable table = table();
        byte[] key = BTC.id().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < messages.size(); i++) {
            accept(table, messages.get(i), i);
            if (i % updatesPerCommit == 0) {
                OrderBook book = table.book(BTC).current().book();
                byte[] bids =
                        LevelsCodec.toProto(book.top(Side.BID, Integer.MAX_VALUE)).toByteArray();
                byte[] asks =
                        LevelsCodec.toProto(book.top(Side.ASK, Integer.MAX_VALUE)).toByteArray();
                count(key, bids);
                bytes += asks.length;
            }
        }
    }

    /** As a Streams key-value store would: each level put, and each put logged. */
    private void keyPerLevel() throws Exception {
        RocksDB.loadLibrary();
        Path directory = Files.createTempDirectory("tapeline-measure-");
        try (org.rocksdb.Options files = new org.rocksdb.Options().setCreateIfMissing(true);
                WriteOptions write = new WriteOptions().setDisableWAL(true);
                RocksDB db = RocksDB.open(files, directory.toString())) {
            for (DepthMessage message : messages) {
                if (message instanceof DepthUpdate update) {
                    put(db, write, (byte) 0, update.bids(), update.finalUpdateId());
                    put(db, write, (byte) 1, update.asks(), update.finalUpdateId());
                }
            }
        }
        try (var written = Files.walk(directory)) {
            for (Path file : written.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void put(RocksDB db, WriteOptions write, byte side, Levels levels, long id)
            throws Exception {
        byte[] name = BTC.id().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < levels.size(); i++) {
            byte[] key =
                    ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                            .put(name)
                            .put(side)
                            .putLong(levels.priceMantissa(i))
                            .array();
            byte[] value =
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(levels.quantityMantissa(i))
                            .putLong(id)
                            .array();
            if (levels.quantityMantissa(i) == 0) {
                db.delete(write, key);
                count(key, new byte[0]);
            } else {
                db.put(write, key, value);
                count(key, value);
            }
        }
    }
}
