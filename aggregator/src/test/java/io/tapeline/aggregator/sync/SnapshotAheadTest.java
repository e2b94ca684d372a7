package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** EXCHANGES.md A.5, case by case: snapshots that come to a live book. */
class SnapshotAheadTest extends SyncFixture {

    @Test
    void aSnapshotThatTellsALiveBookNothingNewIsIgnored() {
        for (long id : new long[] {9, 10}) {
            assertThat(sync.onSnapshot(live(10), snapshot(id), T0, T0))
                    .isEqualTo(new SyncStep(live(10), Fate.SNAPSHOT_IGNORED, List.of()));
        }
    }

    @Test
    void aSnapshotNewerThanALiveBookIsHeld() {
        assertThat(sync.onSnapshot(live(10), snapshot(12), T0, after(0)))
                .isEqualTo(new SyncStep(behind(12, 0, 12), Fate.SNAPSHOT_HELD, List.of()));
        assertThat(sync.onTick(behind(12, 0, 12), after(1_999)))
                .isEqualTo(new SyncStep(behind(12, 0, 12), null, List.of()));
    }

    @Test
    void aHeldSnapshotIsDroppedOnceTheBookHasReachedIt() {
        SyncState on = onUpdate(behind(12, 0, 12), 11, 11).next();
        assertThat(on)
                .isEqualTo(
                        new SyncState.Live(
                                11, T0, RequestPacing.FRESH, behind(12, 0, 12).ahead(), null));
        assertThat(onUpdate(on, 12, 12).next()).isEqualTo(live(12));
        assertThat(onUpdate(on, 12, 15).next()).isEqualTo(live(15));
    }

    @Test
    void aBookThatDoesNotReachTheSnapshotInTimeIsMendedFromIt() {
        assertThat(sync.onTick(behind(12, 0, 12), after(2_000)))
                .isEqualTo(
                        new SyncStep(
                                live(12),
                                null,
                                List.of(
                                        new Effect.Lose(missedUpTo(12, 2_000)),
                                        new Effect.Recall(snapshot(12), T0, "behind a snapshot"),
                                        new Effect.Mend(missedUpTo(12, 2_000), 12))));
    }

    @Test
    void onlyTheNewestOfSnapshotsIsHeldAndTheTimeRunsFromTheOldest() {
        SyncStep newer = sync.onSnapshot(behind(12, 0, 12), snapshot(20), T0, after(1_500));
        assertThat(newer).isEqualTo(new SyncStep(behind(12, 0, 20), Fate.SNAPSHOT_HELD, List.of()));
        assertThat(sync.onSnapshot(newer.next(), snapshot(19), T0, after(1_600)))
                .isEqualTo(new SyncStep(newer.next(), Fate.SNAPSHOT_IGNORED, List.of()));
        assertThat(sync.onTick(newer.next(), after(2_000)).effects())
                .startsWith(new Effect.Lose(missedUpTo(20, 2_000)));
    }

    @Test
    void theTimeForANewerSnapshotBeginsWhenTheOlderIsReached() {
        SyncState on = sync.onUpdate(behind(12, 0, 20), update(11, 12), T0, after(1_900)).next();

        assertThat(on)
                .isEqualTo(
                        new SyncState.Live(
                                12, T0, RequestPacing.FRESH, behind(20, 1_900, 20).ahead(), null));
        assertThat(sync.onTick(on, after(3_899)).effects()).isEmpty();
        assertThat(sync.onTick(on, after(3_900)).effects()).hasSize(3);
    }

    @Test
    void aGapThatTheHeldSnapshotJoinsIsMendedFromIt() {
        for (long first : new long[] {12, 14, 15}) {
            OpenGap gap = new OpenGap(OpenGap.Cause.MISSED_UPDATES, 11, first - 1, T0);
            assertThat(missing(behind(14, 0, 14), first, 16))
                    .isEqualTo(
                            new SyncStep(
                                    live(16),
                                    null,
                                    List.of(
                                            new Effect.Lose(gap),
                                            new Effect.Recall(snapshot(14), T0, "gap"),
                                            new Effect.Mend(gap, 14),
                                            new Effect.Apply(update(first, 16), 14, true))));
        }
    }

    @Test
    void aGapAndItsUpdateMayBothLieWithinTheHeldSnapshot() {
        OpenGap gap = new OpenGap(OpenGap.Cause.MISSED_UPDATES, 11, 11, T0);
        assertThat(missing(behind(14, 0, 14), 12, 13))
                .isEqualTo(
                        new SyncStep(
                                live(14),
                                null,
                                List.of(
                                        new Effect.Lose(gap),
                                        new Effect.Recall(snapshot(14), T0, "gap"),
                                        new Effect.Mend(gap, 14),
                                        new Effect.Covered(1))));
    }

    @Test
    void aGapBeyondTheHeldSnapshotNeedsAnother() {
        SyncStep step = missing(behind(14, 0, 14), 16, 17);

        assertThat(step).isEqualTo(missing(live(10), 16, 17));
        assertThat(step.effects()).contains(new Effect.Request("gap", 15));
    }

    @Test
    void aRestoredBookThatHadASnapshotAheadWaitsAnewAndThenAsks() {
        SyncState restored =
                new SyncState.Live(10, T0, RequestPacing.FRESH, Ahead.restored(12, 14), null);

        SyncState timed = sync.onTick(restored, after(100)).next();
        assertThat(sync.onTick(timed, after(2_099)).effects()).isEmpty();
        assertThat(sync.onTick(timed, after(2_100)))
                .isEqualTo(
                        new SyncStep(
                                new SyncState.Resyncing(
                                        PendingUpdates.NONE,
                                        new RequestPacing(1, after(2_100)),
                                        missedUpTo(14, 2_100)),
                                null,
                                List.of(
                                        new Effect.Lose(missedUpTo(14, 2_100)),
                                        new Effect.Request("behind a snapshot", 14))));
        assertThat(sync.onSnapshot(timed, snapshot(14), T0, after(200)).next())
                .isEqualTo(
                        new SyncState.Live(
                                10,
                                T0,
                                RequestPacing.FRESH,
                                new Ahead(12, after(100), 14, new HeldSnapshot(snapshot(14), T0)),
                                null));
        assertThat(onUpdate(restored, 11, 14).next()).isEqualTo(live(14));
    }
}
