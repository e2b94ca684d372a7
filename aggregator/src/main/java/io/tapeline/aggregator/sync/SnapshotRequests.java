package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;
import java.util.ArrayList;
import java.util.List;

/** When a waiting book asks for a snapshot, why, and which would be of use. Stateless. */
final class SnapshotRequests {

    private static final String FIRST_SNAPSHOT = "first snapshot";

    private final SyncSettings settings;

    SnapshotRequests(SyncSettings settings) {
        this.settings = settings;
    }

    /** Time passes for a book that is not live: asks again where an answer is overdue. */
    SyncStep onTick(SyncState state, EpochMicros now) {
        List<Effect> effects = new ArrayList<>();
        boolean asks =
                switch (state) {
                    case SyncState.Live _ -> false;
                    // Nothing streams yet: nothing to join a snapshot to.
                    case SyncState.Awaiting awaiting -> awaiting.pending().size() > 0;
                    case SyncState.Resyncing _ -> true;
                };
        SyncState next = asks ? ifDue(state, now, effects) : state;
        return new SyncStep(next, null, effects);
    }

    /** The state with a request noted and told, where one is due; else as it is. */
    SyncState ifDue(SyncState state, EpochMicros now, List<Effect> effects) {
        if (!state.pacing().isDue(now, settings)) {
            return state;
        }
        effects.add(new Effect.Request(reasonOf(state), leastUseful(state)));
        return waiting(state, state.pending(), state.pacing().requested(now));
    }

    /** The same, with these. */
    static SyncState waiting(SyncState state, PendingUpdates pending, RequestPacing pacing) {
        return switch (state) {
            case SyncState.Awaiting _ -> new SyncState.Awaiting(pending, pacing);
            case SyncState.Resyncing resyncing ->
                    new SyncState.Resyncing(pending, pacing, resyncing.gap());
            case SyncState.Live live -> live;
        };
    }

    /** Why a snapshot is wanted, in words. */
    static String reasonOf(SyncState state) {
        return switch (state) {
            case SyncState.Resyncing resyncing -> resyncing.gap().cause().id();
            case SyncState.Awaiting _, SyncState.Live _ -> FIRST_SNAPSHOT;
        };
    }

    /** The least {@code lastUpdateId} that could mend the state. */
    static long leastUseful(SyncState state) {
        long ofGap =
                switch (state) {
                    case SyncState.Resyncing resyncing -> resyncing.gap().to();
                    case SyncState.Awaiting _, SyncState.Live _ -> 0;
                };
        long ofBuffer =
                state.pending().size() == 0
                        ? 0
                        : Math.max(0, state.pending().byUpdateId().getFirst().firstUpdateId() - 1);
        return Math.max(ofGap, ofBuffer);
    }
}
