package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.poll.PollAnswer;
import io.tapeline.ingestor.poll.PollVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IndexPollPlanTest {

    private static final Instant MINUTE = Instant.parse("2026-03-01T08:00:00Z");
    private static final PollVerdict GOOD = new PollVerdict.Good();
    private static final PollVerdict OUTAGE = new PollVerdict.Transient("status 503");

    private final IndexPollPlan plan =
            new IndexPollPlan(
                    List.of("x", "y"),
                    new Backoff(
                            Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(1)),
                    new Backoff(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(10),
                            new SplittableRandom(1)));

    @Test
    void eachIndexIsAskedForAtOnceAndThenAtTheBeginningOfEachMinute() {
        Instant start = MINUTE.plusSeconds(40);
        assertThat(ask(start)).contains("x");
        plan.settled("x", GOOD, start);
        assertThat(ask(start)).isEmpty();
        assertThat(plan.nextLook(start)).isEqualTo(start.plusMillis(100));
        assertThat(ask(start.plusMillis(100))).contains("y");
        plan.settled("y", GOOD, start.plusMillis(200));
        assertThat(ask(start.plusSeconds(1))).isEmpty();
        assertThat(plan.nextLook(start.plusSeconds(1))).isEqualTo(MINUTE.plusSeconds(60));
        assertThat(ask(MINUTE.plusSeconds(60))).contains("x");
        assertThat(plan.answering(MINUTE.plusSeconds(60))).isEqualTo(2);
    }

    @Test
    void aFailureIsTriedAgainWithinTheMinute() {
        assertThat(ask(MINUTE)).contains("x");
        plan.settled("x", OUTAGE, MINUTE);
        assertThat(ask(MINUTE.plusMillis(200))).contains("y");
        plan.settled("y", GOOD, MINUTE.plusMillis(300));
        assertThat(ask(MINUTE.plusMillis(400))).isEmpty();
        assertThat(ask(MINUTE.plusSeconds(1))).contains("x");
        assertThat(plan.settled("x", GOOD, MINUTE.plusSeconds(1))).isZero();
        assertThat(ask(MINUTE.plusSeconds(59))).isEmpty();
    }

    @Test
    void anAnswerThatComesAfterTheMinutesEndIsOfTheMinuteInWhichItWasAskedFor() {
        assertThat(ask(MINUTE.plusSeconds(59), "x")).contains("x");
        plan.settled("x", GOOD, MINUTE.plusSeconds(61));
        assertThat(ask(MINUTE.plusSeconds(61), "x")).contains("x");
    }

    @Test
    void minutesWithoutAnAnswerAreTold() {
        ask(MINUTE, "x");
        plan.settled("x", GOOD, MINUTE);
        Instant later = MINUTE.plusSeconds(60);
        for (int failures = 0; failures < 6; failures++) {
            later = later.plusSeconds(30);
            assertThat(ask(later, "x")).contains("x");
            assertThat(plan.settled("x", OUTAGE, later)).isZero();
        }
        later = MINUTE.plusSeconds(300);
        assertThat(ask(later, "x")).contains("x");
        assertThat(plan.settled("x", GOOD, later)).isEqualTo(4);
    }

    @Test
    void aBrokenLimitStopsAllForAsLongAsTheVenueSays() {
        ask(MINUTE);
        plan.settled("x", new PollVerdict.TooMany(Duration.ofSeconds(20)), MINUTE);
        assertThat(ask(MINUTE.plusSeconds(19))).isEmpty();
        assertThat(plan.nextLook(MINUTE.plusSeconds(19))).isEqualTo(MINUTE.plusSeconds(20));
        assertThat(ask(MINUTE.plusSeconds(20))).contains("x");
    }

    @Test
    void maintenanceStopsAllForLongAndARefusalItsIndexOnly() {
        ask(MINUTE);
        plan.settled("x", new PollVerdict.Refused(11029, "invalid_arguments"), MINUTE);
        assertThat(ask(MINUTE.plusSeconds(120))).contains("y");
        plan.settled("y", new PollVerdict.Away("11051"), MINUTE.plusSeconds(120));
        assertThat(ask(MINUTE.plusSeconds(149))).isEmpty();
        assertThat(ask(MINUTE.plusSeconds(180))).contains("y");
        plan.settled("y", GOOD, MINUTE.plusSeconds(180));
        assertThat(ask(MINUTE.plusSeconds(600))).contains("x");
    }

    @Test
    void whatAnotherInstanceHoldsIsNotAskedForAndItsMinutesAreNotMissed() {
        ask(MINUTE, "x");
        plan.settled("x", GOOD, MINUTE);
        assertThat(ask(MINUTE.plusSeconds(60))).contains("x");
        plan.settled("x", GOOD, MINUTE.plusSeconds(60));
        assertThat(ask(MINUTE.plusSeconds(120), "y")).contains("y");
        plan.settled("y", GOOD, MINUTE.plusSeconds(120));
        assertThat(plan.nextLook(MINUTE.plusSeconds(121))).isEqualTo(MINUTE.plusSeconds(180));
        assertThat(ask(MINUTE.plusSeconds(600), "x")).contains("x");
        assertThat(plan.settled("x", GOOD, MINUTE.plusSeconds(600))).isZero();
    }

    @Test
    void answersAreJudged() {
        assertThat(
                        judged(
                                200,
                                "{\"jsonrpc\":\"2.0\",\"result\":{\"index_price\":1e2},\"usOut\":1}"))
                .isEqualTo(new PollVerdict.Good());
        assertThat(judged(200, "<html>maintenance</html>"))
                .isEqualTo(new PollVerdict.Transient("status 200 without a result"));
        assertThat(judged(502, "")).isInstanceOf(PollVerdict.Transient.class);
        assertThat(judged(403, "<html>")).isInstanceOf(PollVerdict.Transient.class);
        assertThat(judged(429, "")).isEqualTo(new PollVerdict.TooMany(Duration.ofSeconds(5)));
        assertThat(judged(400, error(10028))).isInstanceOf(PollVerdict.TooMany.class);
        assertThat(judged(400, error(13888))).isEqualTo(new PollVerdict.Transient("13888 m"));
        assertThat(judged(400, error(11051))).isEqualTo(new PollVerdict.Away("11051 m"));
        assertThat(judged(400, error(11029))).isEqualTo(new PollVerdict.Refused(11029, "m"));
    }

    private static String error(int code) {
        return "{\"error\":{\"code\":" + code + ",\"message\":\"m\"},\"usIn\":1}";
    }

    private static PollVerdict judged(int status, String body) {
        return IndexVerdict.of(
                new PollAnswer(
                        status, Duration.ofSeconds(5), body.getBytes(StandardCharsets.UTF_8), 1));
    }

    private Optional<String> ask(Instant now) {
        return ask(now, "x", "y");
    }

    private Optional<String> ask(Instant now, String... held) {
        return plan.due(now, Set.of(held)::contains);
    }
}
