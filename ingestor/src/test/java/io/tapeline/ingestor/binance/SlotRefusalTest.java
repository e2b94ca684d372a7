package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.SlotAction.Close;
import io.tapeline.ingestor.binance.SlotAction.Connect;
import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotAction.Send;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochMicros;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the exchange refuses to a successor, but carries, or not, on the old connection. */
class SlotRefusalTest extends SlotFixture {

    @Test
    void whatTheSuccessorIsRefusedStaysOnTheOldOneUntilItIsThereToo() {
        running("a", "b");
        newest.put(1L, 7_000_000L);
        assertThat(deeds(refuseOnSuccessor())).isEmpty();
        assertThat(slot.state()).isInstanceOf(Preparing.class);
        assertThat(slot.subscribedCount()).isEqualTo(2);
        assertThat(deeds(after(58 * SECOND))).isEmpty();
        assertThat(deeds(after(2 * SECOND))).containsExactly(subscribe(2, 5, "b"));
        // Nothing was interrupted, so nothing is told.
        assertThat(deeds(confirm(2, 5, "a", "b"))).containsExactly(fence(1, 3));
        assertThat(deeds(accept(1, 3))).containsExactly(new Close(1));
        assertThat(slot.soleSession()).isEqualTo(2);
        assertThat(slot.subscribedCount()).isEqualTo(2);
    }

    @Test
    void whatTheSuccessorIsRefusedForTooLongIsInterruptedAndToldWhenItComes() {
        running("a", "b");
        newest.put(1L, 7_000_000L);
        refuseOnSuccessor();
        for (int id = 5; id <= 8; id++) { // after 1, 3, 7 and 15 minutes
            Send asked = subscribe(2, id, "b");
            while (!deeds(after(SECOND)).contains(asked)) {
                assertThat(slot.state()).isInstanceOf(Preparing.class);
            }
            refuse(2, id);
        }
        List<SlotAction> actions = after(0);
        while (deeds(actions).isEmpty()) {
            assertThat(slot.state()).isInstanceOf(Preparing.class);
            assertThat(alarm(actions).orElseThrow()).isGreaterThan(now);
            now = alarm(actions).orElseThrow();
            actions = slot.advance(now);
        }
        assertThat(deeds(actions)).containsExactly(fence(1, 3));
        assertThat(accept(1, 3)).contains(new Close(1), new Note.Replaced("server shutdown"));
        assertThat(slot.subscribedCount()).isEqualTo(1);
        now = alarm(slot.advance(now)).orElseThrow();
        assertThat(deeds(slot.advance(now))).containsExactly(subscribe(2, 9, "b"));
        assertThat(deeds(confirm(2, 9, "a", "b")))
                .containsExactly(
                        carried(
                                new Interruption(
                                        Optional.of(new EpochMicros(7_000)),
                                        "connection lost: refused on the next connection"),
                                "b"));
    }

    @Test
    void whatTheSuccessorIsRefusedIsInterruptedIfTheOldOneDies() {
        running("a", "b");
        newest.put(1L, 7_000_000L);
        refuseOnSuccessor();
        assertThat(deeds(slot.ended(1, "going away", Refusal.NONE, now))).isEmpty();
        assertThat(slot.subscribedCount()).isEqualTo(1);
        assertThat(deeds(after(60 * SECOND))).containsExactly(subscribe(2, 5, "b"));
        assertThat(deeds(confirm(2, 5, "a", "b"))).containsExactly(carried(GOING_AWAY, "b"));
    }

    @Test
    void whatNeitherCarriesKeepsNoSuccessorWaiting() {
        want("a", "b");
        slot.opened(1, now);
        refuse(1, 1);
        after(250 * MILLI);
        accept(1, 2);
        after(250 * MILLI);
        List<SlotAction> refused = refuse(1, 3);
        assertThat(refused)
                .contains(
                        new Note.SubscriptionRefused(
                                new ControlAnswer.Refused(OptionalLong.of(3), 1, "no"),
                                List.of("b")));
        assertThat(deeds(after(250 * MILLI))).containsExactly(list(1, 4));
        assertThat(deeds(listed(1, 4, "a"))).containsExactly(carried(Interruption.START, "a"));
        assertThat(deeds(refuseOnSuccessor())).containsExactly(fence(1, 5));
        assertThat(deeds(accept(1, 5))).containsExactly(new Close(1));
        assertThat(slot.soleSession()).isEqualTo(2);
        assertThat(deeds(after(60 * SECOND))).containsExactly(subscribe(2, 5, "b"));
        assertThat(deeds(confirm(2, 5, "a", "b")))
                .containsExactly(carried(Interruption.START, "b"));
    }

    /** A successor begins, is refused b, and has a. */
    private List<SlotAction> refuseOnSuccessor() {
        slot.serverShutdown(1, now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        assertThat(deeds(slot.opened(2, now))).containsExactly(subscribe(2, 1, "a", "b"));
        refuse(2, 1);
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(2, 2, "a"));
        accept(2, 2);
        assertThat(deeds(after(250 * MILLI))).containsExactly(subscribe(2, 3, "b"));
        refuse(2, 3);
        assertThat(deeds(after(250 * MILLI))).containsExactly(list(2, 4));
        return listed(2, 4, "a");
    }
}
