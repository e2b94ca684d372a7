package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Tables of books that live and die beside one changelog, with snapshots of their own. */
abstract class SnapshotFixture {

    static final String CHANGELOG = "books-changelog";
    static final int PARTITION = 3;
    static final long SECOND_NANOS = 1_000_000_000;

    @TempDir Path directory;

    final SnapshotCounts counts = new SnapshotCounts();
    final List<Entry> changelog = new ArrayList<>();
    long nextOffset;
    long nanos;

    /** A committed record. */
    record Entry(long offset, byte[] key, byte[] value) {}

    /** A table with its snapshots, from its load until it is closed or dies. */
    final class Life {

        final BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        final LocalSnapshots snapshots;
        long position;
        int restored;
        @Nullable Long acknowledged;

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

    Life restoredFromTheChangelogAlone() throws MalformedPayload {
        Life life = new Life(directory.resolve("nothing"), 1);
        life.restore(Integer.MAX_VALUE);
        return life;
    }

    Life followed() throws MalformedPayload {
        Life standby = new Life(directory, 1);
        standby.restore(Integer.MAX_VALUE);
        standby.closeInOrder();
        return standby;
    }
}
