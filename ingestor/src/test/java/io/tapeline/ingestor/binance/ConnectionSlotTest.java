package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.SlotAction.Carried;
import io.tapeline.ingestor.binance.SlotAction.Close;
import io.tapeline.ingestor.binance.SlotAction.Connect;
import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotAction.Send;
import io.tapeline.ingestor.binance.SlotState.Draining;
import io.tapeline.ingestor.binance.SlotState.Overlapping;
import io.tapeline.ingestor.binance.SlotState.Preparing;
import io.tapeline.ingestor.binance.SlotState.Single;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConnectionSlotTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long HOUR = 3_600 * SECOND;
    private static final Interruption GOING_AWAY =
            new Interruption(Optional.of(new EpochMicros(7_000)), "connection lost: going away");

    /** Sessions and streams of which an event has come. */
    private final Set<String> brought = new HashSet<>();

    private final Map<Long, Long> newest = new HashMap<>();
    private final ConnectionAttempts attempts = new ConnectionAttempts(240, Duration.ofMinutes(5));
    private long now = 5 * SECOND;
    private final ConnectionSlot slot =
            new ConnectionSlot(
                    new LegDriver(
                            attempts,
                            new Backoff(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(30),
                                    new SplittableRandom(1)),
                            new Lifetime(Duration.ofHours(23), new SplittableRandom(2))),
                    () -> new Subscriptions(2, Duration.ofMillis(250), Duration.ofSeconds(10)),
                    new Succession.Carriage() {
                        @Override
                        public boolean brought(long session, String stream) {
                            return brought.contains(session + stream);
                        }

                        @Override
                        public long newestNanos(long session) {
                            return newest.getOrDefault(session, 0L);
                        }
                    },
                    Duration.ofSeconds(2),
                    now);

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
    void aStalledConnectionIsReplacedAndItsSilentStreamsAreInterrupted() {
        running("a", "b");
        Interruption stalled = Interruption.stalled(3_000);
        slot.connectionStalled(Map.of("a", stalled), now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        slot.opened(2, now);
        assertThat(deeds(confirm(2, 1, "a", "b")))
                .containsExactly(carried(stalled, "a"), fence(1, 3));
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

    private List<SlotAction> refuse(long session, long id) {
        return slot.answered(session, new ControlAnswer.Refused(OptionalLong.of(id), 1, "no"), now);
    }

    private static OptionalLong alarm(List<SlotAction> actions) {
        return actions.stream()
                .filter(SlotAction.WakeAt.class::isInstance)
                .mapToLong(action -> ((SlotAction.WakeAt) action).nanos())
                .min();
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

    private void running(String... streams) {
        want(streams);
        slot.opened(1, now);
        int messages = (streams.length + 1) / 2;
        for (int id = 1; id < messages; id++) {
            accept(1, id);
            after(250 * MILLI);
        }
        confirm(1, messages, streams);
        now += SECOND;
        assertThat(slot.subscribedCount()).isEqualTo(streams.length);
    }

    private void overlapping(String... streams) {
        slot.serverShutdown(1, now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        assertThat(deeds(slot.opened(2, now))).containsExactly(subscribe(2, 1, streams));
        confirm(2, 1, streams);
    }

    private List<SlotAction> want(String... streams) {
        return slot.want(new LinkedHashSet<>(List.of(streams)), Interruption.START, now);
    }

    private List<SlotAction> accept(long session, long id) {
        return slot.answered(session, new ControlAnswer.Accepted(id), now);
    }

    private List<SlotAction> listed(long session, long id, String... streams) {
        return slot.answered(session, new ControlAnswer.Listed(id, Set.of(streams)), now);
    }

    /**
     * The exchange accepts the last of what it is asked for, and is asked in due time what it
     * carries: these.
     *
     * @return what follows from the list
     */
    private List<SlotAction> confirm(long session, long id, String... streams) {
        List<SlotAction> before = new ArrayList<>(accept(session, id));
        before.addAll(after(250 * MILLI));
        assertThat(deeds(before)).containsExactly(list(session, id + 1));
        return listed(session, id + 1, streams);
    }

    private List<SlotAction> after(long nanos) {
        now += nanos;
        return slot.advance(now);
    }

    /** What is to be done or told to others; no notes, no alarms. */
    private static List<SlotAction> deeds(List<SlotAction> actions) {
        return actions.stream()
                .filter(action ->
                        switch (action) {
                            case Connect _, Send _, Close _, Carried _ -> true;
                            case Note _, SlotAction.WakeAt _, SlotAction.Confirmed _ -> false;
                        })
                .toList();
    }

    private static Send subscribe(long session, long id, String... streams) {
        return new Send(
                session,
                "{\"method\":\"SUBSCRIBE\",\"params\":[\""
                        + String.join("\",\"", streams)
                        + "\"],\"id\":"
                        + id
                        + "}");
    }

    private static Send subscribe1(long id, String stream) {
        return subscribe(1, id, stream);
    }

    private static Send list(long session, long id) {
        return new Send(session, "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}");
    }

    private static Send fence(long session, long id) {
        return new Send(
                session,
                "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":" + id + "}");
    }

    private static Carried carried(Interruption after, String... streams) {
        return new Carried(List.of(streams), after);
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
