package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do with each message of an instrument's depth (EXCHANGES.md A.5), whichever of
 * its lines brought it. With {@code id} the book's update id, an update {@code [U, u]} is one of
 *
 * <pre>
 *                      id
 *   --------------------|--------------------> update ids
 *      [U      u]       |                      u <  id          duplicate      (6a)
 *               [U     u]                      u == id          duplicate      (trap: redundant line)
 *                  [U   |    u]                U <= id < u      apply          (6c, overlap)
 *                       |[U       u]           U == id + 1      apply          (6c, the normal case)
 *                       |    [U       u]       U >  id + 1      wait, then gap (6b)
 * </pre>
 *
 * and never anything else: (U, u) are not compared for equality, for two lines may cut the same ids
 * differently. Quantities are absolute, so that applying an overlap is safe.
 *
 * <p>An update before its turn waits for {@link SyncSettings#reordering}: each line keeps the
 * exchange's order, but two lines run at their own pace, and what one lost the other brings. Only
 * when the book has not gone on for so long is it a gap. While it waits the book is live, as of an
 * older id.
 *
 * <p>A snapshot {@code L} mends a waiting book if the first waiting update beyond it, in the order
 * of ids, joins it ({@code U <= L + 1}, which covers {@code L == U - 1}), or if none is beyond it:
 * a quiet symbol is live at once and is not asked for again.
 *
 * <p>A snapshot that is newer than a live book is held. Where the book reaches it, it was not
 * needed. Where the book does not within {@link SyncSettings#patience}, or meets a gap that the
 * snapshot covers, updates were missed, and the snapshot mends the book at once: after a reconnect,
 * a symbol that stays quiet shows a gap in no other way.
 *
 * <p>Stateless and pure; time comes in.
 */
public final class BookSync {

    private final SyncSettings settings;
    private final SnapshotRequests requests;

    public BookSync(SyncSettings settings) {
        this.settings = settings;
        this.requests = new SnapshotRequests(settings);
    }

    SyncSettings settings() {
        return settings;
    }

    /**
     * @param received when the update was received: the time of a gap that it shows
     * @param now for the pacing of requests
     */
    public SyncStep onUpdate(
            SyncState state, DepthUpdate update, EpochMicros received, EpochMicros now) {
        return switch (state) {
            case SyncState.Live live -> whileLive(live, update, received, now);
            case SyncState.Awaiting awaiting -> buffer(awaiting, update, now);
            case SyncState.Resyncing resyncing -> buffer(resyncing, update, now);
        };
    }

    private SyncStep whileLive(
            SyncState.Live live, DepthUpdate update, EpochMicros received, EpochMicros now) {
        long id = live.updateId();
        if (update.finalUpdateId() <= id) {
            // A.5 step 6a, and the trap on u == id.
            return new SyncStep(live, Fate.DUPLICATE, List.of());
        }
        if (update.firstUpdateId() > id + 1) {
            // A.5 step 6b, once no line has brought what is missing in time.
            Early early = Early.and(live.early(), update, received, now);
            return early.isOverdue(now, settings.reordering())
                            || early.updates().size() >= settings.maxPending()
                    ? miss(live, early, Fate.BUFFERED, now)
                    : new SyncStep(live.with(early), Fate.BUFFERED, List.of());
        }
        // A.5 step 6c.
        List<Effect> effects = new ArrayList<>(1);
        effects.add(new Effect.Apply(update, id, false));
        return follow(live, update.finalUpdateId(), received, now, effects);
    }

    /** The book came to an id: what waited for just that follows, in the order of ids. */
    private static SyncStep follow(
            SyncState.Live live,
            long reached,
            EpochMicros received,
            EpochMicros now,
            List<Effect> effects) {
        long id = reached;
        Early early = live.early();
        if (early != null) {
            PendingUpdates waiting = PendingUpdates.NONE;
            for (DepthUpdate update : early.updates().byUpdateId()) {
                if (update.finalUpdateId() <= id) {
                    effects.add(new Effect.Covered(1));
                } else if (update.firstUpdateId() <= id + 1) {
                    effects.add(new Effect.Apply(update, id, true));
                    id = update.finalUpdateId();
                } else {
                    waiting = waiting.and(update);
                }
            }
            // What still waits has as long again from each step that the book makes: while a line
            // that is behind the others goes on, it may yet bring what is missing.
            PendingUpdates rest =
                    waiting.size() == early.updates().size() ? early.updates() : waiting;
            early = waiting.size() == 0 ? null : new Early(rest, received, now);
        }
        Ahead ahead = live.ahead() == null ? null : live.ahead().at(id, now);
        return new SyncStep(
                new SyncState.Live(id, live.since(), live.pacing(), ahead, early),
                Fate.APPLIED,
                effects);
    }

    /** What goes before the early updates did not come in time. */
    private SyncStep miss(SyncState.Live live, Early early, @Nullable Fate fate, EpochMicros now) {
        long first = early.updates().byUpdateId().getFirst().firstUpdateId();
        OpenGap gap =
                new OpenGap(
                        OpenGap.Cause.MISSED_UPDATES,
                        live.updateId() + 1,
                        first - 1,
                        early.received());
        HeldSnapshot held = live.ahead() == null ? null : live.ahead().held();
        return held != null && early.updates().follow(held.snapshot().lastUpdateId())
                ? recall(live, gap, early.updates(), held, fate)
                : lose(live, gap, early.updates(), fate, now);
    }

    private SyncStep lose(
            SyncState.Live live,
            OpenGap gap,
            PendingUpdates pending,
            @Nullable Fate fate,
            EpochMicros now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Lose(gap));
        SyncState.Resyncing lost =
                new SyncState.Resyncing(pending, live.pacing().afterCalm(now, settings), gap);
        return new SyncStep(requests.ifDue(lost, now, effects), fate, effects);
    }

    /** Lost, and at once whole again as of a snapshot that was held. */
    private static SyncStep recall(
            SyncState.Live live,
            OpenGap gap,
            PendingUpdates pending,
            HeldSnapshot held,
            @Nullable Fate fate) {
        long id = held.snapshot().lastUpdateId();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Lose(gap));
        effects.add(new Effect.Recall(held.snapshot(), held.received(), gap.cause().id()));
        effects.add(new Effect.Mend(gap, id));
        for (DepthUpdate update : pending.byUpdateId()) {
            if (update.finalUpdateId() <= id) {
                effects.add(new Effect.Covered(1));
            } else {
                effects.add(new Effect.Apply(update, id, true));
                id = update.finalUpdateId();
            }
        }
        return new SyncStep(new SyncState.Live(id, held.received(), live.pacing()), fate, effects);
    }

    /** A.5 step 1. */
    private SyncStep buffer(SyncState state, DepthUpdate update, EpochMicros now) {
        List<Effect> effects = new ArrayList<>();
        PendingUpdates pending = state.pending();
        if (pending.size() >= settings.maxPending()) {
            PendingUpdates kept = pending.newerHalf();
            effects.add(new Effect.Overflowed(pending.size() - kept.size()));
            pending = kept;
        }
        SyncState next = SnapshotRequests.waiting(state, pending.and(update), state.pacing());
        return new SyncStep(requests.ifDue(next, now, effects), Fate.BUFFERED, effects);
    }

    /** A snapshot came, asked for by whomever. */
    public SyncStep onSnapshot(
            SyncState state, DepthSnapshot snapshot, EpochMicros received, EpochMicros now) {
        return switch (state) {
            case SyncState.Live live -> hold(live, new HeldSnapshot(snapshot, received), now);
            case SyncState.Awaiting awaiting -> mend(awaiting, snapshot, received, now);
            case SyncState.Resyncing resyncing ->
                    snapshot.lastUpdateId() < SnapshotRequests.leastUseful(resyncing)
                            ? tooOld(resyncing, now)
                            : mend(resyncing, snapshot, received, now);
        };
    }

    private static SyncStep hold(SyncState.Live live, HeldSnapshot snapshot, EpochMicros now) {
        Ahead ahead = Ahead.and(live.ahead(), live.updateId(), snapshot, now);
        return ahead == live.ahead()
                ? new SyncStep(live, Fate.SNAPSHOT_IGNORED, List.of())
                : new SyncStep(live.with(ahead), Fate.SNAPSHOT_HELD, List.of());
    }

    /** A.5 steps 3 to 6. */
    private SyncStep mend(
            SyncState state, DepthSnapshot snapshot, EpochMicros received, EpochMicros now) {
        long id = snapshot.lastUpdateId();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Replace(snapshot, SnapshotRequests.reasonOf(state)));
        if (state instanceof SyncState.Resyncing resyncing) {
            effects.add(new Effect.Mend(resyncing.gap(), id));
        }
        int covered = 0;
        for (DepthUpdate update : state.pending().byUpdateId()) {
            if (update.finalUpdateId() <= id) {
                // A.5 step 4, or another line's copy of one just applied.
                covered++;
            } else if (update.firstUpdateId() > id + 1) {
                // A.5 step 3: older than the stream, or than what follows a hole in the buffer.
                return tooOld(state, now);
            } else {
                effects.add(new Effect.Apply(update, id, true));
                id = update.finalUpdateId();
            }
        }
        if (covered > 0) {
            effects.add(new Effect.Covered(covered));
        }
        return new SyncStep(
                new SyncState.Live(id, received, state.pacing()), Fate.SNAPSHOT_USED, effects);
    }

    private SyncStep tooOld(SyncState state, EpochMicros now) {
        List<Effect> effects = new ArrayList<>();
        return new SyncStep(requests.ifDue(state, now, effects), Fate.SNAPSHOT_IGNORED, effects);
    }

    /** The book is crossed after what was applied: a fault, unless an auction is on (A.5). */
    public SyncStep onCrossed(SyncState.Live live, EpochMicros received, EpochMicros now) {
        long id = live.updateId();
        OpenGap gap = new OpenGap(OpenGap.Cause.CROSSED, id, id, received);
        return lose(live, gap, live.pending(), null, now);
    }

    /**
     * The exchange shows another book than this one, as of an id that this one has passed: updates
     * were missed or mistaken, it is not known which.
     */
    public SyncStep onContradicted(
            SyncState.Live live, long pictureId, EpochMicros received, EpochMicros now) {
        long id = live.updateId();
        long from = Math.min(pictureId, id);
        OpenGap gap = new OpenGap(OpenGap.Cause.CONTRADICTED, from, id, received);
        return lose(live, gap, live.pending(), null, now);
    }

    /**
     * Time passes: asks again where an answer is overdue, as are updates where they were told of.
     */
    public SyncStep onTick(SyncState state, EpochMicros now) {
        return state instanceof SyncState.Live live
                ? tickLive(live, now)
                : requests.onTick(state, now);
    }

    private SyncStep tickLive(SyncState.Live live, EpochMicros now) {
        Early early = live.early();
        if (early != null && early.isOverdue(now, settings.reordering())) {
            return miss(live, early, null, now);
        }
        Ahead ahead = live.ahead();
        if (ahead != null && ahead.isOverdue(now, settings.patience())) {
            OpenGap gap =
                    new OpenGap(
                            OpenGap.Cause.BEHIND_SNAPSHOT,
                            live.updateId() + 1,
                            ahead.newest(),
                            now);
            PendingUpdates pending = live.pending();
            HeldSnapshot held = ahead.held();
            return held != null && pending.follow(held.snapshot().lastUpdateId())
                    ? recall(live, gap, pending, held, null)
                    : lose(live, gap, pending, null, now);
        }
        Ahead timedAhead = ahead == null ? null : ahead.from(now);
        Early timedEarly = early == null ? null : early.from(now);
        return new SyncStep(
                timedAhead == ahead && timedEarly == early
                        ? live
                        : live.with(timedAhead).with(timedEarly),
                null,
                List.of());
    }
}
