package io.tapeline.aggregator.sync;

import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.schemas.market.DepthMessage;
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
                    };
            if (step.fate() == Fate.SNAPSHOT_HELD) {
                heldFrom = from;
            }
            confirmed |= confirms(message);
            return take(step, from, now);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private SyncStep take(SyncStep step, RecordSource from, EpochMicros now) {
        apply(step, from);
        return step.next() instanceof SyncState.Live live && touchesBook(step) && book.isCrossed()
                ? lose(step, live, from, now)
                : step;
    }

    private static boolean touchesBook(SyncStep step) {
        return step.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Apply
                                || effect instanceof Effect.Replace
                                || effect instanceof Effect.Recall);
    }

    /** A snapshot of just the book's id: nothing was missed. */
    private boolean confirms(DepthMessage message) {
        return message instanceof DepthSnapshot snapshot
                && state instanceof SyncState.Live live
                && snapshot.lastUpdateId() == live.updateId();
    }

    private SyncStep lose(SyncStep step, SyncState.Live live, RecordSource from, EpochMicros now) {
        SyncStep lost = sync.onCrossed(live, from.received(), now);
        apply(lost, from);
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.addAll(lost.effects());
        return new SyncStep(lost.next(), step.fate(), effects);
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

    private void apply(SyncStep step, RecordSource from) {
        if (step.next() == state && step.effects().isEmpty()) {
            return;
        }
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Apply(DepthUpdate update, _, _) -> {
                    book.apply(update);
                    changes.changed(update, mostChanges());
                    eventTime = update.eventTime();
                    source = from;
                    confirmed = true;
                }
                case Effect.Replace(DepthSnapshot snapshot, _) -> {
                    book.reset(snapshot);
                    changes.everythingChanged();
                    eventTime = from.received();
                    source = from;
                    confirmed = true;
                }
                case Effect.Recall(DepthSnapshot snapshot, EpochMicros received, _) -> {
                    book.reset(snapshot);
                    changes.everythingChanged();
                    eventTime = received;
                    source = heldFrom;
                    confirmed = true;
                }
                case Effect.Lose _,
                        Effect.Mend _,
                        Effect.Request _,
                        Effect.Covered _,
                        Effect.Overflowed _ ->
                        changes.stateChanged();
            }
        }
        state = step.next();
        changes.stateChanged();
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
