package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.rest.WeightBudget.Decision;
import io.tapeline.ingestor.rest.WeightBudget.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightBudgetTest {

    private static final Instant MINUTE = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant NEXT = MINUTE.plusSeconds(60).plusMillis(50);

    private final WeightBudget budget = new WeightBudget(1000, 1.0);

    @Test
    void requestsGoUntilTheMinuteIsUsedUpAndAgainInTheNext() {
        for (int i = 0; i < 4; i++) {
            answered(go(250, at(i)), 250 * (i + 1), at(i));
        }
        assertThat(budget.ask(5, Priority.RESYNC, at(4))).isEqualTo(new Decision.Wait(NEXT));
        assertThat(budget.ask(5, Priority.RESYNC, NEXT.minusMillis(1)))
                .isEqualTo(new Decision.Wait(NEXT));
        assertThat(budget.ask(5, Priority.RESYNC, NEXT)).isInstanceOf(Decision.Go.class);
        assertThat(budget.used(NEXT)).isEqualTo(5);
    }

    @Test
    void whatIsUnderWayCountsAlsoOverTheMinutesEnd() {
        go(600, at(59));
        assertThat(budget.used(NEXT)).isEqualTo(600);
        assertThat(budget.ask(500, Priority.RESYNC, NEXT)).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void theExchangesCountCorrectsUpwardsForOtherProcesses() {
        Ticket ticket = go(5, at(0));
        answered(ticket, 990, at(0));
        assertThat(budget.used(at(1))).isEqualTo(990);
        assertThat(budget.ask(20, Priority.RESYNC, at(1))).isEqualTo(new Decision.Wait(NEXT));
        assertThat(budget.ask(10, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void theExchangesCountCorrectsDownwardsWhatWasNeverCounted() {
        Ticket lost = go(250, at(0));
        budget.unanswered(lost, at(1));
        assertThat(budget.used(at(1))).isEqualTo(250);
        answered(go(5, at(2)), 5, at(2));
        assertThat(budget.used(at(2))).isEqualTo(5);
    }

    @Test
    void aRequestThatWentBeforeTheLostOneDoesNotClearIt() {
        Ticket early = go(5, at(0));
        Ticket lost = go(250, at(0));
        budget.unanswered(lost, at(1));
        answered(early, 5, at(1));
        assertThat(budget.used(at(1))).isEqualTo(255);
    }

    @Test
    void answersThatArriveInTheWrongOrderDoNotLowerTheCount() {
        Ticket first = go(50, at(0));
        Ticket second = go(50, at(0));
        answered(second, 100, at(1));
        answered(first, 50, at(1));
        assertThat(budget.used(at(1))).isEqualTo(100);
    }

    @Test
    void anAnswerOfTheMinuteBeforeSaysNothingOfThisOne() {
        Ticket ticket = go(5, at(59));
        budget.answered(ticket, 900, MINUTE.plusSeconds(59), NEXT);
        assertThat(budget.used(NEXT)).isZero();
    }

    @Test
    void anAnswerThatTheExchangeCountsInTheNextMinuteOpensIt() {
        Ticket ticket = go(5, at(59));
        budget.answered(ticket, 5, MINUTE.plusSeconds(60), MINUTE.plusMillis(59_900));
        assertThat(budget.used(MINUTE.plusMillis(59_950))).isEqualTo(5);
    }

    @Test
    void theExchangesClockDecidesWhenTheMinuteEnds() {
        Ticket ticket = go(1000, at(0));
        // The exchange's clock is 30 s behind ours: it is 11:59:30 there.
        budget.answered(ticket, 1000, MINUTE.minusSeconds(30), at(0));
        Decision decision = budget.ask(5, Priority.RESYNC, at(1));
        assertThat(decision).isInstanceOf(Decision.Go.class); // its minute before is ours no more
        Ticket next = go(990, at(2));
        budget.answered(next, 1000, MINUTE.minusSeconds(28), at(2));
        assertThat(budget.used(at(29))).isLessThanOrEqualTo(1000);
    }

    @Test
    void eachPriorityLeavesSomethingToThoseAboveIt() {
        answered(go(500, at(0)), 500, at(0));
        assertThat(budget.ask(5, Priority.BULK, at(1))).isEqualTo(new Decision.Wait(NEXT));
        answered(go(200, at(1)), 700, at(1));
        assertThat(budget.ask(5, Priority.AUDIT, at(1))).isEqualTo(new Decision.Wait(NEXT));
        answered(go(150, at(1)), 850, at(1));
        assertThat(budget.ask(5, Priority.BACKFILL, at(1))).isEqualTo(new Decision.Wait(NEXT));
        assertThat(budget.ask(150, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void aRequestHeavierThanItsShareMayGoWhenNothingElseWasUsed() {
        WeightBudget small = new WeightBudget(100, 0.5);
        assertThat(small.ask(80, Priority.BULK, at(0))).isInstanceOf(Decision.Go.class);
        assertThat(small.ask(1, Priority.RESYNC, at(0))).isEqualTo(new Decision.Wait(NEXT));
    }

    @Test
    void after429NothingGoesUntilTheExchangeAllowsIt() {
        Ticket ticket = go(5, at(0));
        answered(ticket, 1001, at(0));
        budget.refused(Duration.ofSeconds(90), at(0));
        assertThat(budget.ask(1, Priority.RESYNC, at(61))).isEqualTo(new Decision.Wait(at(90)));
        assertThat(budget.ask(1, Priority.RESYNC, at(90))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void a429WithoutATimeIsAMinute() {
        budget.refused(Duration.ZERO, at(10));
        assertThat(budget.stillUntil()).isEqualTo(at(70));
    }

    @Test
    void aBanIsNotShortenedByAnOlderRefusal() {
        budget.banned(Duration.ZERO, at(0));
        assertThat(budget.stillUntil()).isEqualTo(at(120));
        budget.refused(Duration.ofSeconds(1), at(1));
        assertThat(budget.stillUntil()).isEqualTo(at(120));
        budget.banned(Duration.ofDays(3), at(2));
        assertThat(budget.ask(1, Priority.RESYNC, at(3600)))
                .isEqualTo(new Decision.Wait(at(2).plus(Duration.ofDays(3))));
    }

    /**
     * An exchange that counts, another process that uses some, delays, skewed windows: no refusal.
     */
    @Test
    void theExchangeNeverHasToRefuse() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        WeightBudget shared = new WeightBudget(6000, 0.8);
        Instant now = MINUTE;
        long window = 0;
        int counted = 0;
        record UnderWay(Ticket ticket, Instant due) {}
        Deque<UnderWay> underWay = new ArrayDeque<>();
        long sent = 0;
        for (int step = 0; step < 200_000; step++) {
            now = now.plusMillis(random.nextInt(20));
            long current = now.getEpochSecond() / 60;
            if (current != window) {
                window = current;
                counted = 0;
            }
            if (random.nextInt(200) == 0) {
                counted += 20; // another process behind the same address
            }
            int[] weights = {2, 5, 50, 250};
            int weight = weights[random.nextInt(weights.length)];
            Priority priority = Priority.values()[random.nextInt(4)];
            if (underWay.size() < 4
                    && shared.ask(weight, priority, now) instanceof Decision.Go(Ticket ticket)) {
                underWay.add(new UnderWay(ticket, now.plusMillis(random.nextInt(200))));
                sent += weight;
            }
            while (!underWay.isEmpty() && !underWay.peek().due.isAfter(now)) {
                UnderWay done = underWay.remove();
                counted += done.ticket.weight();
                assertThat(counted).as("seed %s, %s", seed, now).isLessThanOrEqualTo(6000);
                shared.answered(
                        done.ticket, counted, Instant.ofEpochSecond(now.getEpochSecond()), now);
            }
        }
        long minutes = Duration.between(MINUTE, now).toMinutes();
        assertThat(sent / minutes).as("seed %s", seed).isGreaterThan(4000);
    }

    private Ticket go(int weight, Instant now) {
        if (budget.ask(weight, Priority.RESYNC, now) instanceof Decision.Go(Ticket ticket)) {
            return ticket;
        }
        throw new AssertionError("a request of " + weight + " may not go at " + now);
    }

    private void answered(Ticket ticket, int used, Instant now) {
        budget.answered(ticket, used, Instant.ofEpochSecond(now.getEpochSecond()), now);
    }

    private static Instant at(int second) {
        return MINUTE.plusSeconds(second).plusMillis(100);
    }
}
