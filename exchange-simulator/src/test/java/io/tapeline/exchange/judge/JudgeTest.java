package io.tapeline.exchange.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final Judge judge =
            new Judge(
                    Limits.real()
                            .withConnects(2, Duration.ofMinutes(5))
                            .withStreamsPerConnection(10)
                            .withRequestWeight(100)
                            .withRawRequests(50));

    private List<Breach.Rule> rules() {
        return judge.breaches().stream().map(Breach::rule).toList();
    }

    @Test
    void aClientThatKeepsTheLimitsHasNoBreach() {
        for (int i = 0; i < 20; i++) {
            judge.message(1, "a", NOON.plusMillis(200L * i));
        }
        judge.connect("a", NOON);
        judge.connect("b", NOON);
        judge.connect("a", NOON.plusSeconds(1));
        judge.streams(1, "a", 10, NOON);
        judge.request("a", 100, 50, NOON);
        assertThat(judge.verdict()).isEqualTo(new Judge.Verdict(0, List.of(), 100, 2, 5, 10));
    }

    @Test
    void eachLimitHasItsBreach() {
        for (int i = 0; i < 6; i++) {
            judge.message(1, "a", NOON.plusMillis(199L * i));
        }
        judge.streams(1, "a", 11, NOON);
        judge.connect("a", NOON);
        judge.connect("a", NOON);
        judge.connect("a", NOON.plusSeconds(299));
        judge.pongLate(1, "a", NOON);
        judge.request("a", 101, 1, NOON);
        judge.request("a", 1, 51, NOON);
        assertThat(rules())
                .containsExactly(
                        Breach.Rule.CONTROL_MESSAGES,
                        Breach.Rule.STREAMS_PER_CONNECTION,
                        Breach.Rule.CONNECTS,
                        Breach.Rule.PONG_LATE,
                        Breach.Rule.REQUEST_WEIGHT,
                        Breach.Rule.RAW_REQUESTS);
        assertThat(judge.breaches().getFirst())
                .isEqualTo(
                        new Breach(
                                NOON.plusMillis(995),
                                "a",
                                Breach.Rule.CONTROL_MESSAGES,
                                "6 messages within a second on connection 1, allowed 5"));
    }

    @Test
    void beingRefusedIsNoBreachButAskingTooEarlyIs() {
        judge.request("a", 10, 1, NOON);
        judge.refused("a", false, Duration.ofSeconds(30), NOON);
        judge.request("a", 11, 2, NOON.plus(Judge.UNDER_WAY));
        judge.request("b", 11, 2, NOON.plusSeconds(10));
        assertThat(judge.breaches()).isEmpty();
        judge.request("a", 12, 3, NOON.plusSeconds(29));
        assertThat(rules()).containsExactly(Breach.Rule.ASKED_BEFORE_RETRY_AFTER);
        judge.request("a", 13, 4, NOON.plusSeconds(30));
        assertThat(rules()).hasSize(1);
        judge.refused("a", true, Duration.ofMinutes(2), NOON.plusSeconds(31));
        judge.request("a", 14, 5, NOON.plusSeconds(60));
        assertThat(rules())
                .containsExactly(
                        Breach.Rule.ASKED_BEFORE_RETRY_AFTER, Breach.Rule.ASKED_WHILE_BANNED);
    }
}
