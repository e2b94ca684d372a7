package io.tapeline.aggregator.store;

import io.tapeline.aggregator.store.BookSnapshot.Extent;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a table's {@link BookSnapshot} is written and what it may be believed: it holds nothing that
 * was not committed. Of a transaction that an active task has just written no one can tell yet; but
 * once the task goes on to process another record, it was committed, for a task that failed to
 * commit is closed and begins anew. So a snapshot is taken down after the changes of a commit,
 * little by little, and takes its place only when a record has been processed after the last of it.
 * A standby holds committed records alone, and says up to which.
 *
 * <p>It costs at most as many bytes as the journal, but for a snapshot a minute where little
 * changes. To be used by the thread that writes the table.
 */
final class LocalSnapshots {

    /** What Kafka Streams calls an offset that is not known: everything has to be restored. */
    static final long UNKNOWN = -4;

    private static final Logger LOG = LoggerFactory.getLogger(LocalSnapshots.class);
    private static final String FINISHED = "snapshot";
    private static final String UNFINISHED = "snapshot.new";

    /** Written between two commits: some tenths of a millisecond. */
    private static final long BYTES_A_STEP = 128 << 10;

    private static final long LEAST_JOURNAL_BYTES = 16 << 10;
    private static final long LEAST_PAUSE_NANOS = 5_000_000_000L;
    private static final long MOST_PAUSE_NANOS = 60_000_000_000L;

    private final BookTable table;
    private final Path directory;
    private final String changelog;
    private final int partition;
    private final SnapshotCounts counts;
    private final LongSupplier nanoTime;
    private final long stepBytes;

    private Extent extent = new Extent(UNKNOWN, UNKNOWN);
    private @Nullable BookSnapshot underWay;
    private long begunNanos;
    private long begunAtJournalBytes;
    private long lastSize;
    private long processedAtFlush;
    private long processedWhenAllWritten;
    private long committed = UNKNOWN;
    private long committedAtRevision;
    private boolean wroteHere;

    /**
     * @param directory the store's own, in the task's
     * @param changelog the topic
     */
    LocalSnapshots(
            BookTable table,
            Path directory,
            String changelog,
            int partition,
            SnapshotCounts counts,
            LongSupplier nanoTime) {
        this(table, directory, changelog, partition, counts, nanoTime, BYTES_A_STEP);
    }

    /**
     * @param stepBytes written between two commits
     */
    LocalSnapshots(
            BookTable table,
            Path directory,
            String changelog,
            int partition,
            SnapshotCounts counts,
            LongSupplier nanoTime,
            long stepBytes) {
        this.table = table;
        this.directory = directory;
        this.changelog = changelog;
        this.partition = partition;
        this.counts = counts;
        this.nanoTime = nanoTime;
        this.stepBytes = stepBytes;
        this.begunNanos = nanoTime.getAsLong();
    }

    /** Puts the newest snapshot, if there is one, into the table, which is empty. */
    void load() {
        try {
            Files.deleteIfExists(directory.resolve(UNFINISHED));
            Path file = directory.resolve(FINISHED);
            Extent found = BookSnapshot.read(file, changelog, partition, table);
            if (found != null) {
                extent = found;
                lastSize = Files.size(file);
                counts.loaded();
            }
        } catch (MalformedPayload | IOException | IllegalArgumentException e) {
            table.clear();
            counts.damaged();
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("directory", directory)
                    .log("A snapshot of books is of no use; all is restored from the changelog");
        }
        begunAtJournalBytes = table.journalBytes();
    }

    /** Restoring goes on after this offset of the changelog; {@link #UNKNOWN}: from its begin. */
    long committedOffset() {
        return extent.from();
    }

    /** Whether the loaded books may hold a record of the changelog already. */
    boolean mayHold(long offset) {
        return offset <= extent.to();
    }

    /**
     * The changes since the last commit are about to be written.
     *
     * @param acknowledged newest offset of the changelog that was written here; null: none was
     */
    void beforeChanges(@Nullable Long acknowledged) {
        if (acknowledged == null) {
            return;
        }
        // Records were processed since: what was written before them has been committed.
        if (underWay != null && underWay.hasAllBooks()) {
            if (table.processed() != processedWhenAllWritten) {
                publish(underWay, acknowledged);
            }
        } else if (underWay == null && table.processed() != processedAtFlush && isDue()) {
            begin(acknowledged);
        }
    }

    /**
     * They were written, in a transaction that is not committed yet.
     *
     * @param written how many records of the journal
     */
    void afterChanges(int written) {
        wroteHere |= written > 0;
        processedAtFlush = table.processed();
        if (underWay != null && !underWay.hasAllBooks()) {
            writeOn(underWay);
            processedWhenAllWritten = table.processed();
        }
    }

    /**
     * The table is said to hold what the changelog says up to the offset, all of it committed. Not
     * believed of a table that wrote to the changelog itself: Kafka Streams says the same of a task
     * whose commit has just failed, before it closes it and begins it anew.
     */
    void committed(long offset) {
        if (wroteHere) {
            return;
        }
        committed = offset;
        committedAtRevision = table.revision();
        if (offset < 0) {
            return;
        }
        if (underWay == null && isDue()) {
            begin(offset);
        }
        if (underWay != null) {
            writeOn(underWay);
        }
        if (underWay != null && underWay.hasAllBooks()) {
            publish(underWay, offset);
        }
    }

    /** All that was written here was committed: the task has become another's standby. */
    void handedOver() {
        wroteHere = false;
    }

    /** What is here is not to be believed any more. */
    void forget() {
        abandon();
        committed = UNKNOWN;
        extent = new Extent(UNKNOWN, UNKNOWN);
        try {
            Files.deleteIfExists(directory.resolve(FINISHED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table is about to be given up. One that only followed the changelog is kept as it is. */
    void close() {
        abandon();
        boolean asCommitted =
                !wroteHere
                        && committed >= 0
                        && committedAtRevision == table.revision()
                        && table.isAllWritten();
        if (asCommitted && committed != extent.from()) {
            begin(committed);
            if (underWay != null) {
                writeOn(underWay, Long.MAX_VALUE);
            }
            if (underWay != null) {
                publish(underWay, committed);
            }
        }
    }

    private boolean isDue() {
        long pauseNanos = nanoTime.getAsLong() - begunNanos;
        long written = table.journalBytes() - begunAtJournalBytes;
        return written > 0
                && (pauseNanos >= MOST_PAUSE_NANOS
                        || pauseNanos >= LEAST_PAUSE_NANOS
                                && written >= Math.max(LEAST_JOURNAL_BYTES, lastSize));
    }

    private void begin(long from) {
        begunNanos = nanoTime.getAsLong();
        begunAtJournalBytes = table.journalBytes();
        try {
            underWay =
                    BookSnapshot.begin(
                            directory.resolve(UNFINISHED),
                            changelog,
                            partition,
                            from,
                            table.instruments());
        } catch (IOException e) {
            failed(e);
        }
    }

    private void writeOn(BookSnapshot snapshot) {
        writeOn(snapshot, stepBytes);
    }

    private void writeOn(BookSnapshot snapshot, long most) {
        if (!table.isTrusted()) {
            abandon();
            return;
        }
        try {
            snapshot.writeBooks(table, most);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void publish(BookSnapshot snapshot, long to) {
        try {
            snapshot.publish(directory.resolve(FINISHED), to);
            underWay = null;
            lastSize = snapshot.size();
            extent = new Extent(snapshot.from(), to);
            counts.written(lastSize);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** The snapshot before, if there is one, stays; restoring from it takes longer. */
    private void failed(IOException e) {
        counts.failed();
        LOG.atWarn()
                .setCause(e)
                .addKeyValue("directory", directory)
                .log("A snapshot of books could not be written; another will be tried");
        abandon();
    }

    private void abandon() {
        if (underWay == null) {
            return;
        }
        BookSnapshot given = underWay;
        underWay = null;
        try {
            given.abandon();
        } catch (UncheckedIOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("directory", directory)
                    .log("An unfinished snapshot of books could not be removed");
        }
    }
}
