package io.tapeline.aggregator.sync;

import io.tapeline.aggregator.audit.BookAudit;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;

/**
 * An instrument's book with its synchronisation. One thread writes it, any number may ask: each
 * message is decided and applied whole under a write lock, so that a question, asked under a read
 * lock, never sees half of it. The lock is the book's own and is held for microseconds.
 */
public final class SynchronisedBook {

    private static final int LEAST_CHANGES_REMEMBERED = 256;

    private final Instrument instrument;
    private final BookSync sync;
    private final StampedLock lock = new StampedLock();
    private final AdaptiveOrderBook book = new AdaptiveOrderBook();
    private final BookChanges changes = new BookChanges();
    private final BookAudit audit = new BookAudit();
    private SyncState state = SyncState.INITIAL;
    private RecordSource source = RecordSource.NONE;
    private EpochMicros eventTime = new EpochMicros(0);
    private RecordSource heldFrom = RecordSource.NONE;
    private boolean confirmed;

    public SynchronisedBook(Instrument instrument, BookSync sync) {
        this.instrument = instrument;
        this.sync = sync;
    }

    /**
     * What a question sees: one moment of the book. Not to be kept.
     *
     * @param confirmed whether a message has spoken for the book since it was restored; until then
     *     no one knows what was missed meanwhile
     */
    public record View(
            Instrument instrument,
            OrderBook book,
            SyncState state,
            boolean confirmed,
            EpochMicros eventTime,
            RecordSource source) {}

    public Instrument instrument() {
        return instrument;
    }

    /** Takes the next message in; what is returned has been done to the book already. */
    public SyncStep accept(DepthMessage message, RecordSource from, EpochMicros now) {
        long stamp = lock.writeLock();
        try {
            SyncStep step =
                    switch (message) {
                        case DepthUpdate update ->
                                sync.onUpdate(state, update, from.received(), now);
                        case DepthSnapshot snapshot ->
                                sync.onSnapshot(state, snapshot, from.received(), now);
                        case DepthPicture picture -> new SyncStep(state, look(picture), List.of());
                    };
            if (step.fate() == Fate.SNAPSHOT_HELD) {
                heldFrom = from;
            }
            confirmed |= confirms(message);
            SyncStep taken = take(step, from, now);
            return message instanceof DepthSnapshot snapshot && isSpare(step)
                    ? audited(taken, DepthPicture.of(snapshot), from, now)
                    : taken;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Of what a live book did not need a snapshot for: to be held against it. */
    private static boolean isSpare(SyncStep step) {
        return step.next() instanceof SyncState.Live
                && (step.fate() == Fate.SNAPSHOT_HELD || step.fate() == Fate.SNAPSHOT_IGNORED);
    }

    private Fate look(DepthPicture picture) {
        return audit.take(picture, book, state instanceof SyncState.Live)
                ? Fate.PICTURE
                : Fate.PICTURE_KNOWN;
    }

    private SyncStep audited(
            SyncStep step, DepthPicture picture, RecordSource from, EpochMicros now) {
        audit.take(picture, book, true);
        return judged(step, from, now);
    }

    private SyncStep take(SyncStep step, RecordSource from, EpochMicros now) {
        boolean touched = apply(step, from);
        if (!touched) {
            return judged(step, from, now);
        }
        if (step.next() instanceof SyncState.Live live && book.isCrossed()) {
            return judged(lose(step, sync.onCrossed(live, from.received(), now), from), from, now);
        }
        audit.reached(book);
        return judged(step, from, now);
    }

    /** With what the audit found, and without the book if it found a fault. */
    private SyncStep judged(SyncStep step, RecordSource from, EpochMicros now) {
        List<Finding> findings = audit.takeFindings();
        if (findings.isEmpty()) {
            return step;
        }
        SyncStep last = step;
        if (sync.settings().auditHeals() && state instanceof SyncState.Live live) {
            for (Finding finding : findings) {
                if (finding.outcome() instanceof Outcome.Fault) {
                    last =
                            lose(
                                    step,
                                    sync.onContradicted(
                                            live, finding.pictureId(), from.received(), now),
                                    from);
                    break;
                }
            }
        }
        List<Finding> all = new ArrayList<>(step.findings());
        all.addAll(findings);
        all.addAll(audit.takeFindings());
        return new SyncStep(last.next(), last.fate(), last.effects(), all);
    }

    /** A snapshot or picture of just the book's id: nothing was missed. */
    private boolean confirms(DepthMessage message) {
        return state instanceof SyncState.Live live
                && switch (message) {
                    case DepthUpdate _ -> false;
                    case DepthSnapshot snapshot -> snapshot.lastUpdateId() == live.updateId();
                    case DepthPicture picture -> picture.updateId() == live.updateId();
                };
    }

    private SyncStep lose(SyncStep step, SyncStep lost, RecordSource from) {
        apply(lost, from);
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.addAll(lost.effects());
        return new SyncStep(lost.next(), step.fate(), effects, step.findings());
    }

    /** Time passes. */
    public SyncStep tick(EpochMicros now) {
        long stamp = lock.writeLock();
        try {
            return take(sync.onTick(state, now), source, now);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Whether levels changed. */
    private boolean apply(SyncStep step, RecordSource from) {
        if (step.next() == state && step.effects().isEmpty()) {
            return false;
        }
        boolean touched = false;
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Apply(DepthUpdate update, _, _) -> {
                    book.apply(update);
                    audit.applied(update);
                    changes.changed(update, mostChanges());
                    became(update.eventTime(), from);
                    touched = true;
                }
                case Effect.Replace(DepthSnapshot snapshot, _) -> {
                    become(snapshot);
                    became(from.received(), from);
                    touched = true;
                }
                case Effect.Recall(DepthSnapshot snapshot, EpochMicros received, _) -> {
                    become(snapshot);
                    became(received, heldFrom);
                    touched = true;
                }
                case Effect.Lose _ -> {
                    audit.lost(book);
                    changes.stateChanged();
                }
                case Effect.Mend _, Effect.Request _, Effect.Covered _, Effect.Overflowed _ ->
                        changes.stateChanged();
            }
        }
        if (touched && book.prune(sync.settings().mostLevels())) {
            changes.everythingChanged();
        }
        state = step.next();
        changes.stateChanged();
        return touched;
    }

    private void become(DepthSnapshot snapshot) {
        book.reset(snapshot);
        audit.reset(snapshot.lastUpdateId());
        changes.everythingChanged();
    }

    private void became(EpochMicros time, RecordSource from) {
        eventTime = time;
        source = from;
        confirmed = true;
    }

    private int mostChanges() {
        return Math.max(LEAST_CHANGES_REMEMBERED, book.size(Side.BID) + book.size(Side.ASK));
    }

    /** Asks of one moment of the book; the view is not to be kept beyond the call. */
    public <A> A ask(Function<View, A> question) {
        long stamp = lock.readLock();
        try {
            return question.apply(view());
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private View view() {
        return new View(instrument, book, state, confirmed, eventTime, source);
    }

    /** For the writing thread alone, which needs no lock to read what only it writes. */
    public View current() {
        return view();
    }

    /** Likewise. */
    public BookChanges changes() {
        return changes;
    }

    /** Gives a book's levels; may change those that it holds. */
    public interface LevelsSource<E extends Exception> {
        OrderBook get() throws E;
    }

    /**
     * Becomes what a changelog told.
     *
     * @param levels called once, with the book locked
     */
    public <E extends Exception> void restore(
            LevelsSource<E> levels,
            SyncState newState,
            EpochMicros newEventTime,
            RecordSource newSource)
            throws E {
        long stamp = lock.writeLock();
        try {
            book.restore(levels.get());
            audit.reset(book.updateId());
            state = newState;
            eventTime = newEventTime;
            source = newSource;
            confirmed = false;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** The changelog does not tell this book: it is to be written whole. */
    public void markUnwritten() {
        changes.everythingChanged();
    }
}
