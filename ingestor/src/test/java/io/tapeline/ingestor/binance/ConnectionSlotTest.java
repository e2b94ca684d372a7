package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.SlotAction.Close;
import io.tapeline.ingestor.binance.SlotAction.Connect;
import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotAction.Send;
import io.tapeline.ingestor.share.Interruption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConnectionSlotTest extends SlotFixture {

    @Test
    void aConnectionIsMadeWhenSomethingIsWantedAndTellsWhatItCarries() {
        assertThat(slot.advance(now)).isEmpty();
        assertThat(deeds(want("a", "b", "c"))).containsExactly(new Connect(1));
        assertThat(deeds(slot.opened(1, now))).containsExactly(subscribe(1, 1, "a", "b"));
        assertThat(deeds(accept(1, 1))).isEmpty();
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(1, 2, "c"));
        assertThat(deeds(accept(1, 2))).isEmpty();
        assertThat(deeds(after(250 * MILLI))).containsExactly(list(1, 3));
        assertThat(slot.subscribedCount()).isZero();
        assertThat(deeds(listed(1, 3, "a", "b", "c")))
                .containsExactly(carried(Interruption.START, "a", "b", "c"));
        assertThat(slot.subscribedCount()).isEqualTo(3);
        assertThat(deeds(after(SECOND))).isEmpty();
    }

    @Test
    void whatTheListLeavesOutIsNamedAskedForAgainAndNotToldBeforeItIsThere() {
        want("a", "b");
        slot.opened(1, now);
        List<SlotAction> actions = confirm(1, 1, "b");
        assertThat(deeds(actions)).containsExactly(carried(Interruption.START, "b"));
        assertThat(actions)
                .filteredOn(Note.class::isInstance)
                .containsExactly(new Note.LeftOut(List.of("a")));
        assertThat(slot.subscribedCount()).isEqualTo(1);
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(1, 3, "a"));
        actions = confirm(1, 3, "a", "b");
        assertThat(deeds(actions)).containsExactly(carried(Interruption.START, "a"));
        assertThat(actions).noneMatch(Note.class::isInstance);
        assertThat(slot.subscribedCount()).isEqualTo(2);
    }

    @Test
    void whatTheListLeavesOutAndNobodyWantsAnyMoreIsNotAskedForAgain() {
        want("a", "b");
        slot.opened(1, now);
        accept(1, 1);
        assertThat(deeds(after(250 * MILLI))).containsExactly(list(1, 2));
        assertThat(deeds(want("b"))).isEmpty();
        List<SlotAction> actions = listed(1, 2, "b");
        assertThat(deeds(actions)).containsExactly(carried(Interruption.START, "b"));
        assertThat(actions).noneMatch(Note.class::isInstance);
        assertThat(deeds(after(SECOND))).isEmpty();
    }

    @Test
    void aStalledStreamIsLeftAndSubscribedAgain() {
        running("a", "b");
        Interruption stalled = Interruption.stalled(3_000);
        now += SECOND;
        assertThat(deeds(slot.stalled(Map.of("a", stalled), now)))
                .containsExactly(
                        new Send(1, "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"a\"],\"id\":3}"));
        assertThat(deeds(accept(1, 3))).isEmpty();
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(1, 4, "a"));
        assertThat(deeds(confirm(1, 4, "a", "b"))).containsExactly(carried(stalled, "a"));
    }

    @Test
    void aRefusalKeepsEverybodyOfTheProcessAway() {
        want("a");
        assertThat(slot.ended(1, "429", Refusal.of(429, Duration.ofSeconds(60)), now))
                .contains(new Note.ConnectRefused(429, Duration.ofSeconds(60)));
        assertThat(attempts.reserve(now + 59 * SECOND)).isEqualTo(Duration.ofSeconds(1));
        assertThat(deeds(after(60 * SECOND))).isEmpty();
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
    }

    @Test
    void aStopClosesAllThereIsAndWhatOpensLaterIsClosedToo() {
        running("a");
        slot.serverShutdown(1, now);
        after(SECOND);
        assertThat(slot.stop()).containsExactly(new Close(1), new Close(2));
        assertThat(slot.opened(2, now)).containsExactly(new Close(2));
        assertThat(slot.ended(2, "closed", Refusal.NONE, now)).isEmpty();
    }

    @Test
    void aConnectionOfNoStreamsEndsInItsTime() {
        running("a");
        now += SECOND;
        slot.want(Set.of(), Interruption.ASSIGNED, now);
        assertThat(deeds(accept(1, 3))).isEmpty();
        assertThat(deeds(after(23 * HOUR))).containsExactly(new Close(1));
        assertThat(deeds(slot.ended(1, "closed", Refusal.NONE, now))).isEmpty();
        assertThat(deeds(want("b"))).containsExactly(new Connect(2));
    }

    @Test
    void whatTheExchangeRefusesIsRefusedUntilItIsAskedForAnew() {
        want("a");
        slot.opened(1, now);
        slot.answered(1, new ControlAnswer.Refused(OptionalLong.of(1), 2, "no"), now);
        assertThat(slot.subscribedCount()).isZero();
        assertThat(slot.refusedCount()).isEqualTo(1);
        slot.ended(1, "reset", Refusal.NONE, now);
        after(SECOND);
        slot.opened(2, now);
        assertThat(slot.refusedCount()).isZero();
    }

    /**
     * Connections that end, succeed and fail at random, under changing wishes: no stream is lost
     * without being told, none is told without reason, and in the end all that is wanted is there.
     */
    @Test
    void noInterruptionGoesUntoldWhateverHappens() {
        long seed = System.nanoTime();
        SlotWorld world = new SlotWorld(new SplittableRandom(seed));
        for (int step = 0; step < 20_000; step++) {
            world.step();
            assertThat(world.complaint()).as("seed %s, step %s", seed, step).isEmpty();
        }
        world.calm();
        assertThat(world.complaint()).as("seed %s", seed).isEmpty();
        assertThat(world.subscribedCount()).as("seed %s", seed).isEqualTo(world.wantedCount());
    }

    @Test
    void anAnswerOfAnUnknownSessionChangesNothing() {
        running("a");
        assertThat(
                        deeds(
                                slot.answered(
                                        9,
                                        new ControlAnswer.Refused(OptionalLong.empty(), 2, "no"),
                                        now)))
                .isEmpty();
        assertThat(slot.subscribedCount()).isEqualTo(1);
    }
}
