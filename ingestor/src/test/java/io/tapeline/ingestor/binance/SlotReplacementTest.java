package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.SlotAction.Close;
import io.tapeline.ingestor.binance.SlotAction.Connect;
import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotAction.Send;
import io.tapeline.ingestor.binance.SlotState.Draining;
import io.tapeline.ingestor.binance.SlotState.Overlapping;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.binance.SlotState.Single;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochMicros;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A connection and its successor. */
class SlotReplacementTest extends SlotFixture {

    @Test
    void aSuccessorIsMadeBeforeTheOldOneGoesAndNothingIsTold() {
        running("a", "b");
        brought.add("1a");
        assertThat(deeds(after(23 * HOUR))).isEmpty();
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        assertThat(deeds(slot.opened(2, now))).containsExactly(subscribe(2, 1, "a", "b"));
        assertThat(deeds(confirm(2, 1, "a", "b"))).isEmpty();
        assertThat(slot.state()).isInstanceOf(Overlapping.class);
        // b has never come on the old one: only a is waited for.
        brought.add("2a");
        assertThat(deeds(after(50 * MILLI))).containsExactly(fence(1, 3));
        assertThat(slot.state()).isInstanceOf(Draining.class);
        assertThat(deeds(accept(1, 3))).containsExactly(new Close(1));
        assertThat(slot.state()).isInstanceOf(Single.class);
        assertThat(slot.soleSession()).isEqualTo(2);
        assertThat(deeds(slot.ended(1, "closed", Refusal.NONE, now))).isEmpty();
    }

    @Test
    void aSuccessorTakesOverNothingBeforeTheExchangeListsAllOfIt() {
        running("a", "b");
        slot.serverShutdown(1, now);
        after(SECOND);
        slot.opened(2, now);
        brought.add("1a");
        brought.add("1b");
        brought.add("2a");
        assertThat(deeds(accept(2, 1))).isEmpty();
        assertThat(deeds(after(SECOND))).containsExactly(list(2, 2));
        assertThat(deeds(after(SECOND))).isEmpty();
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(deeds(listed(2, 2, "a"))).containsExactly(subscribe(2, 3, "b"));
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(deeds(confirm(2, 3, "a", "b"))).isEmpty();
        assertThat(slot.state()).isInstanceOf(Overlapping.class);
        brought.add("2b");
        assertThat(deeds(after(50 * MILLI))).containsExactly(fence(1, 3));
    }

    @Test
    void aStreamThatDoesNotComeOnTheSuccessorIsWaitedForDuringTheOverlapOnly() {
        running("a");
        brought.add("1a");
        overlapping("a");
        assertThat(deeds(after(1_900 * MILLI))).isEmpty();
        assertThat(deeds(after(100 * MILLI))).containsExactly(fence(1, 3));
    }

    @Test
    void anOldConnectionThatDoesNotAnswerTheLastQuestionIsLostWithoutHarm() {
        running("a");
        overlapping("a");
        // Nothing ever came, so nothing is waited for.
        assertThat(slot.state()).isInstanceOf(Draining.class);
        List<SlotAction> actions = after(10 * SECOND);
        assertThat(deeds(actions)).containsExactly(new Close(1));
        assertThat(actions).contains(new Note.Unanswered(1, 3));
        assertThat(slot.soleSession()).isEqualTo(2);
        assertThat(deeds(after(SECOND))).isEmpty();
    }

    @Test
    void aServerThatShutsDownIsLeftSoon() {
        running("a");
        assertThat(slot.serverShutdown(1, now))
                .contains(new Note.ReplacementBegun("server shutdown"));
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        // Said again, also to the successor: it is replaced when it has taken over.
        slot.opened(2, now);
        slot.serverShutdown(1, now);
        slot.serverShutdown(2, now);
        assertThat(deeds(confirm(2, 1, "a"))).containsExactly(fence(1, 3));
        assertThat(accept(1, 3))
                .contains(new Note.Replaced("server shutdown"), new Close(1))
                .contains(new Note.ReplacementBegun("lifetime"));
    }

    @Test
    void ifTheOldOneDiesTooSoonOnlyWhatIsNotYetConfirmedIsInterrupted() {
        running("a", "b", "c");
        newest.put(1L, 7_000_000L);
        slot.serverShutdown(1, now);
        after(SECOND);
        slot.opened(2, now);
        accept(2, 1); // a and b
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(2, 2, "c"));
        assertThat(deeds(confirm(2, 2, "a", "b"))).isEmpty();
        assertThat(deeds(slot.ended(1, "going away", Refusal.NONE, now))).isEmpty();
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(2, 4, "c"));
        assertThat(deeds(confirm(2, 4, "a", "b", "c"))).containsExactly(carried(GOING_AWAY, "c"));
    }

    @Test
    void whatTheSuccessorHasOnlyBeenPromisedIsInterruptedIfTheOldOneDies() {
        running("a", "b");
        newest.put(1L, 7_000_000L);
        slot.serverShutdown(1, now);
        after(SECOND);
        slot.opened(2, now);
        accept(2, 1);
        assertThat(deeds(slot.ended(1, "going away", Refusal.NONE, now))).isEmpty();
        assertThat(slot.subscribedCount()).isZero();
        assertThat(deeds(after(250 * MILLI))).containsExactly(list(2, 2));
        assertThat(deeds(listed(2, 2, "a", "b"))).containsExactly(carried(GOING_AWAY, "a", "b"));
    }

    @Test
    void aSuccessorThatFailsIsTriedAgainLaterAndLaterWhileTheOldOneLives() {
        running("a");
        slot.serverShutdown(1, now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        assertThat(slot.ended(2, "no route", Refusal.NONE, now))
                .contains(new Note.ReplacementFailed("server shutdown", "no route"));
        assertThat(deeds(after(500 * MILLI - 1))).isEmpty();
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(3));
        slot.ended(3, "no route", Refusal.NONE, now);
        assertThat(deeds(after(SECOND - 1))).isEmpty();
        assertThat(deeds(after(2 * SECOND))).containsExactly(new Connect(4));
        assertThat(slot.subscribedCount()).isEqualTo(1);
        assertThat(slot.isOpen()).isTrue();
    }

    @Test
    void aSuccessorThatDiesDuringTheOverlapLeavesTheOldOneInPlace() {
        running("a");
        brought.add("1a");
        overlapping("a");
        slot.ended(2, "reset", Refusal.NONE, now);
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(3));
        assertThat(deeds(slot.opened(3, now))).containsExactly(subscribe(3, 3, "a"));
        assertThat(deeds(confirm(3, 3, "a"))).isEmpty();
    }

    @Test
    void bothDieAndEverythingIsInterruptedOnce() {
        running("a");
        newest.put(1L, 5_000L);
        overlapping("a");
        newest.put(2L, 9_000L);
        slot.ended(1, "first", Refusal.NONE, now);
        slot.ended(2, "second", Refusal.NONE, now);
        after(SECOND);
        slot.opened(3, now);
        assertThat(deeds(confirm(3, 3, "a")))
                .containsExactly(
                        carried(
                                new Interruption(
                                        Optional.of(new EpochMicros(9)), "connection lost: second"),
                                "a"));
    }

    @Test
    void wishesDuringAReplacementConcernBothAndAreToldOnce() {
        running("a");
        brought.add("1a");
        overlapping("a");
        now += 250 * MILLI;
        assertThat(deeds(slot.want(Set.of("a", "n"), Interruption.ASSIGNED, now)))
                .containsExactly(subscribe(1, 3, "n"), subscribe(2, 3, "n"));
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(deeds(confirm(2, 3, "a", "n")))
                .containsExactly(carried(Interruption.ASSIGNED, "n"));
        assertThat(slot.state()).isInstanceOf(Overlapping.class);
        assertThat(deeds(confirm(1, 3, "a", "n"))).isEmpty();
        now += 250 * MILLI;
        assertThat(deeds(slot.want(Set.of("n"), Interruption.ASSIGNED, now)))
                .allMatch(action ->
                        action instanceof Send(_, String text) && text.contains("UNSUBSCRIBE"))
                .hasSize(2);
    }

    @Test
    void aWishDuringTheDrainingIsServedBeforeTheOldOneGoes() {
        running("a");
        overlapping("a");
        assertThat(slot.state()).isInstanceOf(Draining.class);
        now += 250 * MILLI;
        assertThat(deeds(slot.want(Set.of("a", "n"), Interruption.ASSIGNED, now)))
                .containsExactly(subscribe(2, 3, "n"));
        assertThat(deeds(accept(1, 3))).containsExactly(subscribe1(4, "n"));
        assertThat(deeds(confirm(2, 3, "a", "n")))
                .containsExactly(carried(Interruption.ASSIGNED, "n"));
        assertThat(slot.state()).isInstanceOf(SlotState.Replacing.class);
    }

    @Test
    void aStalledConnectionIsReplacedAndItsSilentStreamsAreInterrupted() {
        running("a", "b");
        Interruption stalled = Interruption.stalled(3_000);
        slot.connectionStalled(Map.of("a", stalled), now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        slot.opened(2, now);
        assertThat(deeds(confirm(2, 1, "a", "b")))
                .containsExactly(carried(stalled, "a"), fence(1, 3));
    }

    private static Send subscribe1(long id, String stream) {
        return subscribe(1, id, stream);
    }
}
