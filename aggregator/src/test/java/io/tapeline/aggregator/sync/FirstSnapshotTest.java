package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** EXCHANGES.md A.5, case by case: from the first update to the first snapshot that joins. */
class FirstSnapshotTest extends SyncFixture {

    @Test
    void theFirstUpdateIsBufferedAndASnapshotAskedForOnce() {
        SyncStep first = onUpdate(SyncState.INITIAL, 5, 7);
        assertThat(first)
                .isEqualTo(
                        new SyncStep(
                                awaiting(update(5, 7)),
                                Fate.BUFFERED,
                                List.of(new Effect.Request("first snapshot", 4))));

        assertThat(onUpdate(first.next(), 8, 9))
                .isEqualTo(
                        new SyncStep(
                                awaiting(update(5, 7), update(8, 9)), Fate.BUFFERED, List.of()));
    }

    @Test
    void aSnapshotOlderThanTheStreamIsRefusedAndTheBufferKept() {
        SyncState state = awaiting(update(5, 7));

        assertThat(sync.onSnapshot(state, snapshot(3), T0, after(100)))
                .isEqualTo(new SyncStep(state, Fate.SNAPSHOT_IGNORED, List.of()));
        assertThat(sync.onSnapshot(state, snapshot(3), T0, after(1_000)))
                .isEqualTo(
                        new SyncStep(
                                new SyncState.Awaiting(
                                        state.pending(), new RequestPacing(2, after(1_000))),
                                Fate.SNAPSHOT_IGNORED,
                                List.of(new Effect.Request("first snapshot", 4))));
    }

    @Test
    void aSnapshotThatEndsJustBeforeTheBufferIsAccepted() {
        SyncStep step = sync.onSnapshot(awaiting(update(5, 7)), snapshot(4), T0, T0);

        assertThat(step.next()).isEqualTo(new SyncState.Live(7, T0, new RequestPacing(1, T0)));
        assertThat(step.effects())
                .containsExactly(
                        new Effect.Replace(snapshot(4), "first snapshot"),
                        new Effect.Apply(update(5, 7), 4, true));
    }

    @Test
    void whatTheSnapshotCoversIsDroppedAndTheOverlapApplied() {
        SyncStep step =
                sync.onSnapshot(
                        awaiting(update(1, 3), update(4, 6), update(7, 9)), snapshot(5), T0, T0);

        assertThat(step.fate()).isEqualTo(Fate.SNAPSHOT_USED);
        assertThat(step.effects())
                .containsExactly(
                        new Effect.Replace(snapshot(5), "first snapshot"),
                        new Effect.Apply(update(4, 6), 5, true),
                        new Effect.Apply(update(7, 9), 6, true),
                        new Effect.Covered(1));
    }

    @Test
    void aQuietSymbolIsLiveWithItsSnapshotAndIsNotAskedForAgain() {
        SyncStep step = sync.onSnapshot(SyncState.INITIAL, snapshot(5), T0, T0);

        assertThat(step.next()).isEqualTo(live(5));
        assertThat(sync.onTick(step.next(), after(3_600_000)))
                .isEqualTo(new SyncStep(step.next(), null, List.of()));
    }

    @Test
    void whatTwoLinesBroughtOutOfOrderIsReplayedInTheOrderOfIds() {
        SyncStep step =
                sync.onSnapshot(
                        awaiting(update(8, 9), update(5, 7), update(5, 6), update(6, 8)),
                        snapshot(4),
                        T0,
                        T0);

        assertThat(step.effects())
                .containsExactly(
                        new Effect.Replace(snapshot(4), "first snapshot"),
                        new Effect.Apply(update(5, 6), 4, true),
                        new Effect.Apply(update(5, 7), 6, true),
                        new Effect.Apply(update(6, 8), 7, true),
                        new Effect.Apply(update(8, 9), 8, true));
    }

    @Test
    void aHoleInTheBufferThatTheSnapshotDoesNotCoverNeedsANewerSnapshot() {
        SyncState state = awaiting(update(5, 7), update(10, 12));

        assertThat(sync.onSnapshot(state, snapshot(6), T0, T0).fate())
                .isEqualTo(Fate.SNAPSHOT_IGNORED);
        assertThat(sync.onSnapshot(state, snapshot(9), T0, T0).next())
                .isEqualTo(new SyncState.Live(12, T0, state.pacing()));
    }

    /** A.5 steps 3 and 4, with the traps on contiguous snapshots. */
    @Test
    void aSnapshotJoinsABufferedUpdateUnlessItEndsBeforeTheIdThatGoesBeforeIt() {
        for (long id = 1; id <= 12; id++) {
            SyncStep step = sync.onSnapshot(awaiting(update(5, 7)), snapshot(id), T0, T0);

            assertThat(step.fate())
                    .as("snapshot %s", id)
                    .isEqualTo(id >= 4 ? Fate.SNAPSHOT_USED : Fate.SNAPSHOT_IGNORED);
            if (id >= 4) {
                assertThat(step.next())
                        .isEqualTo(
                                new SyncState.Live(Math.max(id, 7), T0, new RequestPacing(1, T0)));
            }
        }
    }

    @Test
    void anOverdueSnapshotIsAskedForAgainEverMoreSeldom() {
        SyncState state = awaiting(update(5, 7));
        assertThat(sync.onTick(state, after(999)).effects()).isEmpty();
        SyncStep second = sync.onTick(state, after(1_000));
        assertThat(second.effects()).containsExactly(new Effect.Request("first snapshot", 4));
        assertThat(sync.onTick(second.next(), after(2_999)).effects()).isEmpty();
        assertThat(sync.onTick(second.next(), after(3_000)).effects()).hasSize(1);
    }

    @Test
    void nothingIsAskedForAnInstrumentThatDoesNotStream() {
        assertThat(sync.onTick(SyncState.INITIAL, T0).effects()).isEmpty();
    }

    @Test
    void aFullBufferLosesItsOlderHalfAndSaysSo() {
        SyncState state = awaiting(update(1, 1), update(2, 2), update(3, 3), update(4, 4));

        SyncStep step = onUpdate(state, 5, 5);
        assertThat(step.next()).isEqualTo(awaiting(update(3, 3), update(4, 4), update(5, 5)));
        assertThat(step.effects()).containsExactly(new Effect.Overflowed(2));
    }
}
