package io.tapeline.aggregator.measure;

import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/**
 * Three ways to keep a book, fed the recorded diffs: bytes for the changelog and updates a second.
 * {@code java ... ChangelogMeasurement [updates a commit]}
 */
final class ChangelogMeasurement {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final int ROUNDS = 6;

    /** What Kafka adds to a record in a batch, about. */
    private static final int RECORD_OVERHEAD = 8;

    private final List<DepthMessage> messages = new ArrayList<>();
    private final int updatesPerCommit;
    private long bytes;
    private long records;

    private ChangelogMeasurement(int updatesPerCommit) {
        this.updatesPerCommit = updatesPerCommit;
    }

    public static void main(String[] args) throws Exception {
        for (String each : args.length == 0 ? new String[] {"1", "10", "100"} : args) {
            new ChangelogMeasurement(Integer.parseInt(each)).run();
        }
    }

    private void run() throws Exception {
        Recording recording = Recording.read();
        for (String diff : recording.diffs) {
            if (messages.size() == 3) {
                messages.add(decode(recording.snapshot, "rest/depth?limit=1000"));
            }
            messages.add(decode(diff, "btcusdt@depth@100ms"));
        }
        System.out.printf("%d updates a commit%n", updatesPerCommit);
        measure("ours", this::ours);
        measure("a RocksDB key a level", this::keyPerLevel);
        measure("whole book a value", this::wholeBook);
    }

    private interface Way {
        void run() throws Exception;
    }

    private void measure(String name, Way way) throws Exception {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bytes = 0;
            records = 0;
            long start = System.nanoTime();
            way.run();
            best = Math.max(best, messages.size() * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf(
                "  %-24s %8.0f updates/s %8.1f bytes/update %6.2f records/update%n",
                name, best, (double) bytes / messages.size(), (double) records / messages.size());
    }

    private static DepthMessage decode(String payload, String stream) throws Exception {
        return BinanceDepth.decode(
                new RawRecord(
                        BTC,
                        payload.getBytes(StandardCharsets.UTF_8),
                        stream,
                        "a",
                        new EpochNanos(1),
                        ExchangeTimeUnit.MILLISECONDS));
    }

    private void count(byte[] key, byte[] value) {
        records++;
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
        try (Options options = new Options().setCreateIfMissing(true);
                WriteOptions write = new WriteOptions().setDisableWAL(true);
                RocksDB db = RocksDB.open(options, directory.toString())) {
            for (DepthMessage message : messages) {
                if (message instanceof DepthUpdate update) {
                    put(db, write, (byte) 0, update.bids(), update.finalUpdateId());
                    put(db, write, (byte) 1, update.asks(), update.finalUpdateId());
                }
            }
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
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
