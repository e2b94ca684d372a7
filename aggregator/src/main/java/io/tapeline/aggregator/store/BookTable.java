package io.tapeline.aggregator.store;

import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.ArrayOrderBook;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.OpenGap;
import io.tapeline.aggregator.sync.PendingUpdates;
import io.tapeline.aggregator.sync.RequestPacing;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The books of one partition, and the journal they are restored from. One thread writes; others may
 * look books up and {@link SynchronisedBook#ask ask} them.
 */
public final class BookTable {

    /** No delta follows this sequence number. */
    private static final int UNUSABLE = -2;

    private final BookSync sync;
    private final BookJournal journal = new BookJournal();
    private final ConcurrentMap<Instrument, Held> held = new ConcurrentHashMap<>();

    /** Counted by the writing thread for itself. */
    private long processed;

    private long revision;
    private long journalBytes;

    private record Held(SynchronisedBook book, BookJournal.Position position) {}

    /**
     * A book whole, as a base that stands for its generation up to its last record.
     *
     * @param baseBytes of the generation's base
     * @param deltaBytes since it
     */
    record Image(byte[] base, int baseBytes, long deltaBytes) {}

    public BookTable(BookSync sync) {
        this.sync = sync;
    }

    /** The instrument's book; a new one where there was none. For the writing thread. */
    public SynchronisedBook book(Instrument instrument) {
        processed++;
        revision++;
        return hold(instrument).book();
    }

    private Held hold(Instrument instrument) {
        Held present = held.get(instrument);
        if (present == null) {
            present = new Held(new SynchronisedBook(instrument, sync), new BookJournal.Position());
            held.put(instrument, present);
        }
        return present;
    }

    /** Null where nothing is known of the instrument. For any thread. */
    public @Nullable SynchronisedBook find(Instrument instrument) {
        Held present = held.get(instrument);
        return present == null ? null : present.book();
    }

    /** For any thread; books may be added meanwhile. */
    public Collection<SynchronisedBook> books() {
        return held.values().stream().map(Held::book).toList();
    }

    /**
     * Writes what has changed since the last call, a record a book, and takes it as written: to be
     * called inside the transaction that the changes belong to.
     *
     * @return how many records
     */
    public int writeChanges(BiConsumer<byte[], byte[]> changelog) {
        int written = 0;
        for (Held each : held.values()) {
            if (each.book().changes().isEmpty()) {
                continue;
            }
            BookJournal.Entry entry = journal.write(each.book(), each.position());
            byte[] key = new JournalKey(each.book().instrument(), entry.slot()).encode();
            changelog.accept(key, entry.value());
            journalBytes += key.length + entry.value().length;
            revision++;
            written++;
        }
        return written;
    }

    public void clear() {
        held.clear();
        revision++;
    }

    /** Grows with each message that a book was asked for; a flow that stands still does not. */
    long processed() {
        return processed;
    }

    /** Differs after every change but those that time makes. */
    long revision() {
        return revision;
    }

    /** Written to the journal and restored from it, since the table was made. */
    long journalBytes() {
        return journalBytes;
    }

    /** Whether the journal tells all that the books hold. */
    boolean isAllWritten() {
        return held.values().stream().allMatch(each -> each.book().changes().isEmpty());
    }

    /** False while a book waits for a base that mends a hole in its journal. */
    boolean isTrusted() {
        return held.values().stream().noneMatch(each -> each.position().sequence == UNUSABLE);
    }

    List<Instrument> instruments() {
        return List.copyOf(held.keySet());
    }

    /** Null of a book that the journal does not tell of yet. */
    @Nullable Image image(Instrument instrument) {
        Held present = held.get(instrument);
        if (present == null || present.position().generation == 0) {
            return null;
        }
        BookJournal.Position position = present.position();
        return new Image(
                journal.image(present.book(), position), position.baseBytes, position.deltaBytes);
    }

    /** Takes in a book of a snapshot. */
    void restore(String instrument, Image image) throws MalformedPayload {
        try {
            Held target = hold(Instrument.parse(instrument));
            JournalReader in = new JournalReader(image.base());
            JournalHead head =
                    JournalHead.read(in, target.book().instrument(), PendingUpdates.NONE);
            restoreBase(target, head, in, image.baseBytes());
            target.position().sequence = head.sequence();
            target.position().deltaBytes = image.deltaBytes();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedPayload("book journal: " + e.getMessage(), e);
        }
    }

    /** {@link #restore(byte[], byte[], boolean)} where no snapshot was taken in. */
    public void restore(byte[] key, byte @Nullable [] value) throws MalformedPayload {
        restore(key, value, false);
    }

    /**
     * Takes in a record of the changelog; records come in the order in which they were written, of
     * which compaction may have removed those whose key was written again.
     *
     * @param mayBeKnown whether the book may come of a snapshot that has the record already, which
     *     is then passed over
     * @throws MalformedPayload if the record is not one of {@link #writeChanges}
     */
    public void restore(byte[] key, byte @Nullable [] value, boolean mayBeKnown)
            throws MalformedPayload {
        JournalKey slot = JournalKey.decode(key);
        if (value == null) {
            held.remove(slot.instrument());
            return;
        }
        Held target = hold(slot.instrument());
        try {
            restore(target, slot, value, mayBeKnown);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedPayload("book journal: " + e.getMessage(), e);
        }
        journalBytes += key.length;
    }

    private void restore(Held target, JournalKey slot, byte[] value, boolean mayBeKnown)
            throws MalformedPayload {
        JournalReader in = new JournalReader(value);
        JournalHead head = JournalHead.read(in, slot.instrument(), target.position().told);
        revision++;
        journalBytes += value.length;
        if (mayBeKnown && isKnown(head, target.position())) {
            return;
        }
        if (slot.slot() == JournalKey.BASE) {
            restoreBase(target, head, in, value.length);
        } else {
            restoreDelta(target, head, in, value.length);
        }
    }

    private static boolean isKnown(JournalHead head, BookJournal.Position position) {
        return head.generation() < position.generation
                || head.generation() == position.generation
                        && position.sequence != UNUSABLE
                        && head.sequence() <= position.sequence;
    }

    private static void restoreBase(Held target, JournalHead head, JournalReader in, int length)
            throws MalformedPayload {
        OrderBook levels = BookJournalReader.base(in, head.updateId());
        BookJournal.Position position = target.position();
        position.generation = head.generation();
        position.sequence = 0;
        position.baseBytes = length;
        position.deltaBytes = 0;
        if (levels instanceof ArrayOrderBook array) {
            position.priceScale = array.priceScale();
            position.quantityScale = array.quantityScale();
        }
        become(target, levels, head);
    }

    private static void restoreDelta(Held target, JournalHead head, JournalReader in, int length)
            throws MalformedPayload {
        BookJournal.Position position = target.position();
        if (head.generation() != position.generation) {
            // Left in its slot by an earlier generation, or its base was compacted away because a
            // newer one follows.
            return;
        }
        if (head.sequence() != position.sequence + 1) {
            doubt(target, head);
            return;
        }
        position.sequence = head.sequence();
        position.deltaBytes += length;
        SynchronisedBook book = target.book();
        OrderBook levels = ((AdaptiveOrderBook) book.current().book()).representation();
        // A standby may be asked meanwhile: levels are changed within restore's lock.
        book.restore(
                () -> {
                    BookJournalReader.delta(in, levels, head.updateId());
                    return levels;
                },
                head.state(),
                head.eventTime(),
                head.source());
        position.told = head.state().pending();
        book.changes().taken();
    }

    private static void become(Held target, OrderBook levels, JournalHead head) {
        target.book().restore(() -> levels, head.state(), head.eventTime(), head.source());
        target.position().told = head.state().pending();
        target.book().changes().taken();
    }

    /** A record of this generation is missing: the book cannot be trusted before the next base. */
    private static void doubt(Held target, JournalHead head) {
        SynchronisedBook book = target.book();
        SynchronisedBook.View view = book.current();
        OpenGap gap =
                new OpenGap(
                        OpenGap.Cause.RESTORE,
                        view.book().updateId(),
                        head.updateId(),
                        head.source().received());
        SyncState lost = new SyncState.Resyncing(PendingUpdates.NONE, RequestPacing.FRESH, gap);
        OrderBook levels = ((AdaptiveOrderBook) view.book()).representation();
        book.restore(() -> levels, lost, view.eventTime(), view.source());
        target.position().told = PendingUpdates.NONE;
        // What follows within this generation is of no use; the next record written is a base.
        book.changes().taken();
        book.markUnwritten();
        target.position().sequence = UNUSABLE;
    }
}
