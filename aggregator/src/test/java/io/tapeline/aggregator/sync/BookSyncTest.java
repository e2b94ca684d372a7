package io.tapeline.aggregator.sync;

import static io.tapeline.aggregator.book.Books.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EXCHANGES.md A.5, case by case. */
class BookSyncTest {

    private static final EpochMicros T0 = new EpochMicros(1_000_000_000);
    private static final SyncSettings SETTINGS =
            new SyncSettings(
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    15_000,
                    true);

    private static final long WINDOW_MICROS = 500_000;

    private final BookSync sync = new BookSync(SETTINGS);

    private static DepthUpdate update(long first, long last) {
        return Books.update(first, last, levels(), levels());
    }

    private static DepthSnapshot snapshot(long id) {
        return Books.snapshot(id, levels("99 1"), Levels.EMPTY);
    }

    private static EpochMicros after(long millis) {
        return new EpochMicros(T0.value() + millis * 1_000);
    }

    private SyncStep onUpdate(SyncState state, long first, long last) {
        return sync.onUpdate(state, update(first, last), T0, T0);
    }

    /** An update before its turn, and no other in time: T0 is when it came, and now later. */
    private SyncStep missing(SyncState state, long first, long last) {
        return missing(state, first, last, 0);
    }

    private SyncStep missing(SyncState state, long first, long last, long atMillis) {
        EpochMicros came = new EpochMicros(after(atMillis).value() - WINDOW_MICROS);
        SyncStep held = sync.onUpdate(state, update(first, last), T0, came);
        assertThat(held.fate()).isEqualTo(Fate.BUFFERED);
        assertThat(held.effects()).isEmpty();
        return sync.onTick(held.next(), after(atMillis));
    }

    private static SyncState live(long id) {
        return new SyncState.Live(id, T0, RequestPacing.FRESH);
    }

    private static SyncState.Awaiting awaiting(DepthUpdate... updates) {
        return new SyncState.Awaiting(
                PendingUpdates.of(List.of(updates)), new RequestPacing(1, T0));
    }

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

    @Test
    void afterAHaltOfHoursInWhichIdsStandStillTheNextUpdateFollows() {
        SyncStep quiet = sync.onTick(live(10), after(4 * 3_600_000));
        SyncStep known = sync.onSnapshot(quiet.next(), snapshot(10), T0, after(4 * 3_600_000));

        assertThat(known).isEqualTo(new SyncStep(live(10), Fate.SNAPSHOT_IGNORED, List.of()));
        assertThat(onUpdate(known.next(), 11, 12))
                .isEqualTo(
                        new SyncStep(
                                live(12),
                                Fate.APPLIED,
                                List.of(new Effect.Apply(update(11, 12), 10, false))));
    }

    /** The drawing of {@link BookSync}, case by case. */
    @Test
    void everyUpdateNearTheBooksIdIsOneOfTheFiveThatAreDrawn() {
        for (long first = 5; first <= 15; first++) {
            for (long last = first; last <= 15; last++) {
                Fate drawn =
                        last <= 10 ? Fate.DUPLICATE : first <= 11 ? Fate.APPLIED : Fate.BUFFERED;
                assertThat(onUpdate(live(10), first, last).fate())
                        .as("[%s, %s] at 10", first, last)
                        .isEqualTo(drawn);
            }
        }
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
    void anUpdateThatFollowsOrOverlapsIsApplied() {
        for (long first : new long[] {8, 9, 10, 11}) {
            assertThat(onUpdate(live(10), first, 12))
                    .isEqualTo(
                            new SyncStep(
                                    live(12),
                                    Fate.APPLIED,
                                    List.of(new Effect.Apply(update(first, 12), 10, false))));
        }
    }

    @Test
    void anUpdateOfWhichEveryIdIsKnownIsADuplicate() {
        for (long last : new long[] {9, 10}) {
            assertThat(onUpdate(live(10), 8, last))
                    .isEqualTo(new SyncStep(live(10), Fate.DUPLICATE, List.of()));
        }
    }

    @Test
    void whatComesBeforeItsTurnWaitsAndTheBookStaysLive() {
        SyncStep step = onUpdate(live(10), 15, 16);

        assertThat(step)
                .isEqualTo(new SyncStep(early(10, T0, update(15, 16)), Fate.BUFFERED, List.of()));
        assertThat(sync.onTick(step.next(), after(499)))
                .isEqualTo(new SyncStep(step.next(), null, List.of()));
    }

    private static SyncState early(long id, EpochMicros since, DepthUpdate... updates) {
        return new SyncState.Live(
                id,
                T0,
                RequestPacing.FRESH,
                null,
                new Early(PendingUpdates.of(List.of(updates)), T0, since));
    }

    @Test
    void whatAnotherLineBringsInTimeIsFollowedByWhatWaited() {
        SyncState waiting = early(10, T0, update(15, 16), update(17, 19));

        assertThat(sync.onUpdate(waiting, update(9, 13), T0, after(100)))
                .isEqualTo(
                        new SyncStep(
                                early(13, after(100), update(15, 16), update(17, 19)),
                                Fate.APPLIED,
                                List.of(new Effect.Apply(update(9, 13), 10, false))));
        assertThat(sync.onUpdate(waiting, update(11, 17), T0, after(100)))
                .isEqualTo(
                        new SyncStep(
                                live(19),
                                Fate.APPLIED,
                                List.of(
                                        new Effect.Apply(update(11, 17), 10, false),
                                        new Effect.Covered(1),
                                        new Effect.Apply(update(17, 19), 17, true))));
    }

    @Test
    void theTimeBeginsAnewWithEachStepOfTheBook() {
        SyncState waiting = early(10, T0, update(12, 13), update(17, 19));

        assertThat(sync.onUpdate(waiting, update(11, 11), T0, after(400)).next())
                .isEqualTo(early(13, after(400), update(17, 19)));
    }

    @Test
    void aRestoredBookWithUpdatesBeforeTheirTurnWaitsAnew() {
        SyncState restored =
                new SyncState.Live(
                        10,
                        T0,
                        RequestPacing.FRESH,
                        null,
                        Early.restored(PendingUpdates.of(List.of(update(12, 13))), T0));

        SyncState timed = sync.onTick(restored, after(100)).next();
        assertThat(timed).isEqualTo(early(10, after(100), update(12, 13)));
        assertThat(sync.onTick(timed, after(599)).effects()).isEmpty();
        assertThat(sync.onTick(timed, after(600)).effects()).isNotEmpty();
    }

    @Test
    void withoutATimeToWaitAGapIsCalledAtOnce() {
        BookSync impatient = new BookSync(SETTINGS.withReordering(Duration.ZERO));

        assertThat(impatient.onUpdate(live(10), update(15, 16), T0, T0))
                .isEqualTo(
                        new SyncStep(
                                missing(live(10), 15, 16).next(),
                                Fate.BUFFERED,
                                missing(live(10), 15, 16).effects()));
    }

    @Test
    void updatesBeforeTheirTurnAreNotKeptWithoutBound() {
        SyncState state = live(10);
        for (long id = 12; id < 15; id++) {
            state = onUpdate(state, id, id).next();
        }

        assertThat(onUpdate(state, 15, 15).effects())
                .contains(new Effect.Lose(new OpenGap(OpenGap.Cause.MISSED_UPDATES, 11, 11, T0)));
    }

    @Test
    void aGapLosesTheBookAndAsksForASnapshotThatCoversIt() {
        OpenGap gap = new OpenGap(OpenGap.Cause.MISSED_UPDATES, 11, 14, T0);

        assertThat(missing(live(10), 15, 16))
                .isEqualTo(
                        new SyncStep(
                                new SyncState.Resyncing(
                                        PendingUpdates.NONE.and(update(15, 16)),
                                        new RequestPacing(1, T0),
                                        gap),
                                null,
                                List.of(new Effect.Lose(gap), new Effect.Request("gap", 14))));
    }

    @Test
    void theSnapshotThatEndsAGapSaysSo() {
        SyncState lost = missing(live(10), 15, 16).next();

        assertThat(sync.onSnapshot(lost, snapshot(13), T0, T0).fate())
                .isEqualTo(Fate.SNAPSHOT_IGNORED);
        assertThat(sync.onSnapshot(lost, snapshot(15), T0, T0).effects())
                .containsExactly(
                        new Effect.Replace(snapshot(15), "gap"),
                        new Effect.Mend(new OpenGap(OpenGap.Cause.MISSED_UPDATES, 11, 14, T0), 15),
                        new Effect.Apply(update(15, 16), 15, true));
    }

    @Test
    void aSnapshotThatTellsALiveBookNothingNewIsIgnored() {
        for (long id : new long[] {9, 10}) {
            assertThat(sync.onSnapshot(live(10), snapshot(id), T0, T0))
                    .isEqualTo(new SyncStep(live(10), Fate.SNAPSHOT_IGNORED, List.of()));
        }
    }

    /** Live at 10, with this ahead of it. */
    private static SyncState.Live behind(long expected, long since, long newest) {
        return new SyncState.Live(
                10,
                T0,
                RequestPacing.FRESH,
                new Ahead(expected, after(since), newest, new HeldSnapshot(snapshot(newest), T0)),
                null);
    }

    private static OpenGap missedUpTo(long last, long millis) {
        return new OpenGap(OpenGap.Cause.BEHIND_SNAPSHOT, 11, last, after(millis));
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
    void aBookThatBreaksOverAndOverDoesNotAskEachTime() {
        SyncState state = missing(live(10), 15, 16).next();
        state = sync.onSnapshot(state, snapshot(16), T0, after(10)).next();

        SyncStep again = missing(state, 20, 21, 20);
        assertThat(again.effects())
                .containsExactly(
                        new Effect.Lose(new OpenGap(OpenGap.Cause.MISSED_UPDATES, 17, 19, T0)));
        assertThat(sync.onTick(again.next(), after(1_000)).effects())
                .containsExactly(new Effect.Request("gap", 19));

        SyncStep calm = missing(state, 20, 21, 60_000);
        assertThat(calm.effects()).contains(new Effect.Request("gap", 19));
        assertThat(calm.next().pacing()).isEqualTo(new RequestPacing(1, after(60_000)));
    }

    @Test
    void aCrossedBookIsLostAndOnlyANewerSnapshotMendsIt() {
        SyncStep step = sync.onCrossed((SyncState.Live) live(10), T0, T0);

        assertThat(step.effects())
                .containsExactly(
                        new Effect.Lose(new OpenGap(OpenGap.Cause.CROSSED, 10, 10, T0)),
                        new Effect.Request("crossed", 10));
        assertThat(sync.onSnapshot(step.next(), snapshot(9), T0, T0).fate())
                .isEqualTo(Fate.SNAPSHOT_IGNORED);
        assertThat(sync.onSnapshot(step.next(), snapshot(10), T0, T0).fate())
                .isEqualTo(Fate.SNAPSHOT_USED);
    }

    @Test
    void aFullBufferLosesItsOlderHalfAndSaysSo() {
        SyncState state = awaiting(update(1, 1), update(2, 2), update(3, 3), update(4, 4));

        SyncStep step = onUpdate(state, 5, 5);
        assertThat(step.next()).isEqualTo(awaiting(update(3, 3), update(4, 4), update(5, 5)));
        assertThat(step.effects()).containsExactly(new Effect.Overflowed(2));
    }
}
