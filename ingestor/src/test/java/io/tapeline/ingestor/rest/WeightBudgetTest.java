package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.rest.WeightBudget.Decision;
import io.tapeline.ingestor.rest.WeightBudget.Ticket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of a limit of 1000 a share of 0.8 is used, so that each process has 50 under way at most. */
class WeightBudgetTest {

    private static final Instant MINUTE = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant NEXT = MINUTE.plusSeconds(60);

    private final WeightBudget budget =
            new WeightBudget(List.of(RateLimit.weightPerMinute(1000)), 0.8);

    WeightBudgetTest() {
        // The clocks agree, known to a hundredth of a second.
        answered(go(1, MINUTE.minusMillis(1_003)), 1, MINUTE.minusMillis(1_001));
        answered(go(1, MINUTE.minusMillis(2)), 1, MINUTE.plusMillis(2));
    }

    @Test
    void requestsGoUntilTheShareIsUsedUpAndAgainInTheNextMinute() {
        for (int i = 1; i < 16; i++) {
            answered(go(50, at(i)), 50 * i, at(i));
        }
        answered(go(45, at(16)), 795, at(16));
        Instant until = waits(50, Priority.RESYNC, at(17));
        assertThat(until).isBetween(NEXT, NEXT.plusMillis(50));
        assertThat(waits(50, Priority.RESYNC, NEXT.minusMillis(50)))
                .isBetween(NEXT, NEXT.plusMillis(100));
        assertThat(budget.ask(50, Priority.RESYNC, NEXT.plusMillis(100)))
                .isInstanceOf(Decision.Go.class);
        assertThat(budget.used(NEXT.plusMillis(100))).isEqualTo(50);
    }

    @Test
    void whatIsUnderWayIsBoundedSinceOthersDoNotKnowOfIt() {
        Ticket first = go(30, at(0));
        assertThat(budget.ask(30, Priority.RESYNC, at(0))).isEqualTo(new Decision.Busy());
        Ticket second = go(20, at(0));
        answered(first, 50, at(1));
        answered(second, 50, at(1));
        assertThat(budget.ask(250, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
        assertThat(budget.ask(1, Priority.RESYNC, at(1))).isEqualTo(new Decision.Busy());
    }

    @Test
    void whatIsUnderWayCountsAlsoOverTheMinutesEnd() {
        go(40, at(59));
        assertThat(budget.used(NEXT.plusMillis(100))).isEqualTo(40);
    }

    @Test
    void theExchangesCountCorrectsUpwardsForOtherProcesses() {
        answered(go(5, at(0)), 780, at(0));
        assertThat(budget.used(at(1))).isEqualTo(780);
        assertThat(waits(21, Priority.RESYNC, at(1))).isAfterOrEqualTo(NEXT);
        assertThat(budget.ask(20, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void whatWasLostMayHaveBeenCountedInEachMinuteThatItTouched() {
        budget.unanswered(go(40, at(50)), at(59));
        assertThat(budget.used(at(59))).isEqualTo(41);
        assertThat(budget.used(NEXT.plusMillis(100))).isEqualTo(40);
    }

    @Test
    void whatNeverReachedTheExchangeWasNotCounted() {
        budget.unsent(go(40, at(50)));
        assertThat(budget.used(at(59))).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutACountIsTakenAsCounted() {
        answered(go(40, at(1)), -1, at(1));
        answered(go(2, at(2)), 2, at(2));
        assertThat(budget.used(at(3))).isEqualTo(42);
    }

    @Test
    void answersThatArriveInTheWrongOrderDoNotLowerTheCount() {
        Ticket first = go(20, at(0));
        Ticket second = go(20, at(0));
        answered(second, 100, at(1));
        answered(first, 50, at(1));
        assertThat(budget.used(at(1))).isEqualTo(100);
    }

    @Test
    void aCountThatGoesDownAtTheTurnIsTheNewMinutes() {
        answered(go(5, at(50)), 700, at(50));
        Ticket over = go(5, NEXT.minusMillis(100));
        answered(over, 10, NEXT.plusMillis(200));
        assertThat(budget.used(NEXT.plusMillis(201))).isEqualTo(10);
    }

    @Test
    void aCountThatMayBeTheOldMinutesIsDoubtedUntilASingleRequestTells() {
        answered(go(5, at(50)), 700, at(50));
        Ticket over = go(5, NEXT.minusMillis(100));
        Ticket other = go(5, NEXT.minusMillis(100));
        answered(over, 790, NEXT.plusMillis(200));
        assertThat(budget.used(NEXT.plusMillis(201))).isEqualTo(795);
        assertThat(budget.ask(20, Priority.RESYNC, NEXT.plusMillis(201)))
                .isInstanceOf(Decision.Wait.class);
        answered(other, 795, NEXT.plusMillis(202));
        Ticket probe = go(20, NEXT.plusMillis(203));
        answered(probe, 20, NEXT.plusMillis(300));
        assertThat(budget.used(NEXT.plusMillis(301))).isEqualTo(20);
    }

    @Test
    void anAnswerOfTheMinuteBeforeSaysNothingOfThisOne() {
        Ticket ticket = go(5, at(58));
        budget.answered(ticket, headers(900, at(59)), NEXT.plusMillis(300));
        assertThat(budget.used(NEXT.plusMillis(300))).isZero();
    }

    @Test
    void theExchangesClockDecidesWhenTheMinuteEnds() {
        // It has been set back by half a minute: it is 11:59:31 there.
        budget.answered(go(5, at(1)), headers(780, MINUTE.minusSeconds(29)), at(1));
        assertThat(waits(50, Priority.RESYNC, at(2)))
                .isBetween(MINUTE.plusSeconds(30), MINUTE.plusSeconds(31).plusMillis(200));
    }

    @Test
    void whatWasUsedIsNotForgottenWhenAClockIsSet() {
        budget.unanswered(go(40, at(1)), at(2));
        budget.answered(go(5, at(3)), headers(45, MINUTE.minusSeconds(3_600)), at(3));
        assertThat(budget.used(at(3))).isEqualTo(45 + 40);
    }

    @Test
    void eachPriorityLeavesSomethingToThoseAboveIt() {
        answered(go(5, at(0)), 400, at(0));
        waits(5, Priority.BULK, at(1));
        answered(go(5, at(1)), 560, at(1));
        waits(5, Priority.AUDIT, at(1));
        answered(go(5, at(1)), 680, at(1));
        waits(5, Priority.BACKFILL, at(1));
        assertThat(budget.ask(50, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void aRequestHeavierThanItsShareMayGoWhenNothingElseWasUsed() {
        WeightBudget small = new WeightBudget(List.of(RateLimit.weightPerMinute(100)), 0.5);
        assertThat(small.ask(80, Priority.BULK, at(5))).isInstanceOf(Decision.Go.class);
        assertThat(small.ask(1, Priority.RESYNC, at(5))).isEqualTo(new Decision.Busy());
    }

    @Test
    void requestsAreLimitedTooWhateverTheyWeigh() {
        WeightBudget few =
                new WeightBudget(
                        List.of(
                                RateLimit.weightPerMinute(1000),
                                RateLimit.requestsPerFiveMinutes(10)),
                        0.8);
        for (int i = 1; i <= 8; i++) {
            if (few.ask(1, Priority.RESYNC, at(i)) instanceof Decision.Go(Ticket ticket)) {
                few.answered(ticket, headers(i, at(i)), at(i));
            }
        }
        assertThat(few.ask(1, Priority.RESYNC, at(9)))
                .isInstanceOfSatisfying(
                        Decision.Wait.class,
                        wait ->
                                assertThat(wait.until())
                                        .isBetween(
                                                MINUTE.plusSeconds(300), MINUTE.plusSeconds(302)));
    }

    @Test
    void anotherLimitKeepsWhatIsKnownOfTheOldOnesUse() {
        answered(go(5, at(0)), 780, at(0));
        budget.limits(List.of(RateLimit.weightPerMinute(2000)));
        assertThat(budget.used(at(1))).isEqualTo(780);
        assertThat(budget.ask(50, Priority.RESYNC, at(1))).isInstanceOf(Decision.Go.class);
        budget.limits(List.of());
        assertThat(budget.weightLimit()).isEqualTo(2000);
    }

    @Test
    void nothingGoesUntilTheExchangeAllowsItAndABanIsNotShortened() {
        budget.keepStill(at(90));
        assertThat(budget.ask(1, Priority.RESYNC, at(61))).isEqualTo(new Decision.Wait(at(90)));
        budget.keepStill(at(70));
        assertThat(budget.stillUntil()).isEqualTo(at(90));
        assertThat(budget.ask(1, Priority.RESYNC, at(90))).isInstanceOf(Decision.Go.class);
    }

    @Test
    void aShareOfNothingIsRefused() {
        assertThatThrownBy(() -> new WeightBudget(List.of(), 0))
                .hasMessage("weight budget: share 0.0 is not above 0 and at most 1");
    }

    private Ticket go(int weight, Instant now) {
        if (budget.ask(weight, Priority.RESYNC, now) instanceof Decision.Go(Ticket ticket)) {
            return ticket;
        }
        throw new AssertionError("a request of " + weight + " may not go at " + now);
    }

    private Instant waits(int weight, Priority priority, Instant now) {
        if (budget.ask(weight, priority, now) instanceof Decision.Wait(Instant until)) {
            return until;
        }
        throw new AssertionError("a request of " + weight + " does not wait at " + now);
    }

    private void answered(Ticket ticket, int used, Instant now) {
        budget.answered(ticket, headers(used, now), now);
    }

    private static AnswerHeaders headers(int used, Instant now) {
        return new AnswerHeaders(
                used < 0 ? Map.of() : Map.of("1M", used),
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
                "");
    }

    private static Instant at(int second) {
        return MINUTE.plusSeconds(second).plusMillis(100);
    }
}
