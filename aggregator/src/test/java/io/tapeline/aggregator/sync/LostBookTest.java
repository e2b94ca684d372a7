package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** EXCHANGES.md A.5, case by case: books that are lost, and what mends them. */
class LostBookTest extends SyncFixture {

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
}
