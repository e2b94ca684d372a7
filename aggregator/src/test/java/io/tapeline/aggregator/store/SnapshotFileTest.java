package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SnapshotFileTest extends SnapshotFixture {

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
