package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.BTC;
import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSnapshotsTest {

    private static final String CHANGELOG = "books-changelog";
    private static final int PARTITION = 3;
    private static final long SECOND_NANOS = 1_000_000_000;

    @TempDir Path directory;

    private final SnapshotCounts counts = new SnapshotCounts();
    private final List<Entry> changelog = new ArrayList<>();
    private long nextOffset;
    private long nanos;

    /** A committed record. */
    private record Entry(long offset, byte[] key, byte[] value) {}

    /** A table with its snapshots, from its load until it is closed or dies. */
    private final class Life {

        private final BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        private final LocalSnapshots snapshots;
        private long position;
        private int restored;
        private @Nullable Long acknowledged;

        Life(Path directory, long stepBytes) {
            snapshots =
                    new LocalSnapshots(
                            table, directory, CHANGELOG, PARTITION, counts, () -> nanos, stepBytes);
            snapshots.load();
            position = snapshots.committedOffset();
        }

        /** Takes in what is committed and not here yet, up to so many records. */
        void restore(int most) throws MalformedPayload {
            int taken = 0;
            for (Entry entry : changelog) {
                if (entry.offset() > position && taken++ < most) {
                    table.restore(entry.key(), entry.value(), snapshots.mayHold(entry.offset()));
                    position = entry.offset();
                    restored++;
                }
            }
        }

        void accept(DepthMessage message) {
            EpochMicros now = new EpochMicros(nanos / 1_000);
            RecordSource source = new RecordSource(PARTITION, nanos, now);
            table.book(message.instrument()).accept(message, source, now);
        }

        List<Entry> flush() {
            snapshots.beforeChanges(acknowledged);
            List<Entry> written = new ArrayList<>();
            table.writeChanges((key, value) -> written.add(new Entry(nextOffset++, key, value)));
            snapshots.afterChanges(written.size());
            return written;
        }

        void commit(List<Entry> written) {
            changelog.addAll(written);
            if (!written.isEmpty()) {
                position = written.getLast().offset();
                acknowledged = position;
                // The end of a transaction takes an offset of its own.
                nextOffset++;
            }
        }

        void closeInOrder() {
            snapshots.committed(position);
            snapshots.close();
        }

        /** As a task ends whose commit failed: it is told what was acknowledged as if committed. */
        void closeAfterFailedCommit(List<Entry> written) {
            List<Entry> more = flush();
            Entry last =
                    more.isEmpty() ? written.isEmpty() ? null : written.getLast() : more.getLast();
            snapshots.committed(last == null ? position : last.offset());
            snapshots.close();
        }

        /** All of every book, and how far its journal is. */
        Map<String, String> books() {
            Map<String, String> books = new TreeMap<>();
            for (Instrument each : table.instruments()) {
                BookTable.Image image = table.image(each);
                if (image != null) {
                    books.put(
                            each.id(),
                            HexFormat.of().formatHex(image.base())
                                    + " after "
                                    + image.baseBytes()
                                    + " and "
                                    + image.deltaBytes());
                }
            }
            return books;
        }
    }

    private Life restoredFromTheChangelogAlone() throws MalformedPayload {
        Life life = new Life(directory.resolve("nothing"), 1);
        life.restore(Integer.MAX_VALUE);
        return life;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverATableDiesItsSnapshotAndTheTailAreWhatWasCommitted(long seed) throws Exception {
        Random random = new Random(seed);
        Path active = directory.resolve("active");
        Path standby = directory.resolve("standby");
        Life leader = new Life(active, 1 + random.nextInt(3_000));
        Life follower = new Life(standby, 1 + random.nextInt(3_000));
        Map<Instrument, Long> ids = new HashMap<>();
        int shortTails = 0;
        for (int commit = 0; commit < 600; commit++) {
            String when = "seed " + seed + ", commit " + commit;
            nanos += SECOND_NANOS;
            for (int i = random.nextInt(30); i > 0; i--) {
                leader.accept(next(random, ids));
            }
            List<Entry> written = leader.flush();
            int fate = random.nextInt(40);
            if (fate > 2) {
                leader.commit(written);
            } else if (fate == 1) {
                // Committed, and died before it knew.
                leader.commit(written);
                leader = new Life(active, 1 + random.nextInt(3_000));
            } else {
                // Died, or failed to commit, and flushed once more on its way out.
                if (random.nextBoolean()) {
                    leader.closeAfterFailedCommit(written);
                }
                leader = new Life(active, 1 + random.nextInt(3_000));
            }
            if (fate > 2 && random.nextInt(40) == 0) {
                leader.closeInOrder();
                leader = new Life(active, 1 + random.nextInt(3_000));
            }
            if (leader.position < lastOffset()) {
                leader.restore(Integer.MAX_VALUE);
                shortTails += leader.restored < changelog.size() / 2 ? 1 : 0;
                assertThat(leader.books())
                        .as(when)
                        .isEqualTo(restoredFromTheChangelogAlone().books());
            }
            follower.restore(random.nextInt(20));
            if (follower.position >= 0) {
                follower.snapshots.committed(follower.position);
            }
            if (random.nextInt(40) == 0) {
                follower = new Life(standby, 1 + random.nextInt(3_000));
                follower.restore(Integer.MAX_VALUE);
                assertThat(follower.books())
                        .as("standby, " + when)
                        .isEqualTo(restoredFromTheChangelogAlone().books());
            }
        }
        assertThat(shortTails).as("restarts that read less than half, seed " + seed).isPositive();
        assertThat(counts.all())
                .containsEntry("book-snapshots.damaged", 0L)
                .containsEntry("book-snapshots.failed", 0L);
    }

    private long lastOffset() {
        return changelog.isEmpty() ? LocalSnapshots.UNKNOWN : changelog.getLast().offset();
    }

    private static DepthMessage next(Random random, Map<Instrument, Long> ids) {
        Instrument instrument = Instrument.binance("COIN" + random.nextInt(5) + "USDT");
        long id = ids.merge(instrument, 2L, Long::sum);
        int kind = random.nextInt(80);
        Levels bids = side(random, Side.BID, kind == 0 ? 40 : random.nextInt(6));
        Levels asks = side(random, Side.ASK, kind == 0 ? 40 : random.nextInt(6));
        return kind <= 1
                ? new DepthSnapshot(instrument, id, bids, asks, 40)
                : new DepthUpdate(
                        instrument,
                        new EpochMicros(id * 7),
                        kind == 2 ? id : id - 1,
                        id,
                        bids,
                        asks);
    }

    private static Levels side(Random random, Side side, int count) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int tick = 1 + i * 3 + random.nextInt(3);
            prices.add(new Price(Decimal.of(side == Side.BID ? 10_000 - tick : 10_000 + tick, 2)));
            quantities.add(new Quantity(Decimal.of(random.nextInt(900), random.nextInt(3))));
        }
        return Levels.of(prices, quantities);
    }

    /** By a standby: of one who wrote it is not known at its end what was committed. */
    private Life withTwoBooksClosedInOrder() throws MalformedPayload {
        Life life = new Life(directory.resolve("writer"), 1);
        life.accept(snapshot(10, levels("99.5 1", "98 2.25"), levels("101 1")));
        life.accept(
                new DepthSnapshot(
                        Instrument.binance("ETHUSDT"), 7, levels("3 1"), levels("4 1"), 5_000));
        life.commit(life.flush());
        life.accept(update(11, 12, levels("99.5 0", "97 3"), levels("101 7")));
        life.commit(life.flush());
        return followed();
    }

    private Life followed() throws MalformedPayload {
        Life standby = new Life(directory, 1);
        standby.restore(Integer.MAX_VALUE);
        standby.closeInOrder();
        return standby;
    }

    @Test
    void aDamagedFileIsCountedAndAllIsRestored() throws Exception {
        var _ = withTwoBooksClosedInOrder();
        Path file = directory.resolve("snapshot");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            assertOfNoUse(bad, at + 1);
        }
        assertOfNoUse(Arrays.copyOf(good, good.length / 2), good.length + 1);
        assertOfNoUse(new byte[0], good.length + 2);
    }

    private void assertOfNoUse(byte[] bytes, long damaged) throws IOException, MalformedPayload {
        Files.write(directory.resolve("snapshot"), bytes);
        Life life = new Life(directory, 1);
        assertThat(life.position).isEqualTo(LocalSnapshots.UNKNOWN);
        assertThat(life.table.books()).isEmpty();
        assertThat(counts.all()).containsEntry("book-snapshots.damaged", damaged);
        life.restore(Integer.MAX_VALUE);
        assertThat(life.books()).isEqualTo(restoredFromTheChangelogAlone().books());
    }

    @Test
    void aFileOfAnotherChangelogIsOfNoUse() throws MalformedPayload {
        var _ = withTwoBooksClosedInOrder();
        BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        LocalSnapshots other =
                new LocalSnapshots(table, directory, CHANGELOG, PARTITION + 1, counts, () -> nanos);
        other.load();
        assertThat(other.committedOffset()).isEqualTo(LocalSnapshots.UNKNOWN);
        assertThat(table.books()).isEmpty();
    }

    @Test
    void whatIsForgottenIsNotLoadedAgain() throws MalformedPayload {
        withTwoBooksClosedInOrder().snapshots.forget();
        assertThat(new Life(directory, 1).position).isEqualTo(LocalSnapshots.UNKNOWN);
    }

    @Test
    void ofAWriterThatEndsItIsNotKnownWhatWasCommitted() {
        Life life = new Life(directory, 1);
        life.accept(snapshot(10, levels("99 1"), levels("101 1")));
        life.closeAfterFailedCommit(life.flush());
        assertThat(directory.resolve("snapshot")).doesNotExist();
    }

    @Test
    void whatTheLastTransactionWroteIsNotKeptBeforeTheTaskGoesOn() {
        Life life = new Life(directory, Long.MAX_VALUE);
        life.accept(snapshot(10, levels("99 1"), levels("101 1")));
        life.commit(life.flush());
        nanos += 61 * SECOND_NANOS;
        life.accept(update(11, 11, levels("99 2"), levels()));
        life.commit(life.flush());
        life.flush();
        assertThat(directory.resolve("snapshot")).doesNotExist();

        life.accept(update(12, 12, levels("99 3"), levels()));
        life.flush();
        Life next = new Life(directory, 1);
        assertThat(next.position).as("of the first commit").isZero();
        assertThat(next.table.find(BTC)).isNotNull();
        assertThat(next.table.book(BTC).current().book().updateId()).isEqualTo(11);
    }

    @Test
    void versionOneOfTheFileIsRead() throws Exception {
        Life written = new Life(directory.resolve("writer"), 1);
        written.accept(snapshot(10, levels("99.5 1", "98 2.25"), levels("101 1")));
        written.commit(written.flush());
        written.accept(update(11, 12, levels("99.5 0", "97 3"), levels("101 7")));
        written.commit(written.flush());
        var _ = followed();
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("snapshot"))))
                .isEqualTo(GOLDEN);

        Files.write(directory.resolve("snapshot"), HexFormat.of().parseHex(GOLDEN));
        Life golden = new Life(directory, 1);
        assertThat(golden.position).isEqualTo(2);
        assertThat(golden.books()).isEqualTo(restoredFromTheChangelogAlone().books());
    }

    private static final String GOLDEN =
            "544c424b010f626f6f6b732d6368616e67656c6f670302010f62696e616e63653a42544355534454211e24"
                + "0101010ce05d060000010000000100000000010202940fac020014e1010201e40fbc050000010261"
                + "f1a210";
}
