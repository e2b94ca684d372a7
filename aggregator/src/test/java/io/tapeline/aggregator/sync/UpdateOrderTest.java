package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EXCHANGES.md A.5, case by case: updates of a live book, in their turn and before it. */
class UpdateOrderTest extends SyncFixture {

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
}
