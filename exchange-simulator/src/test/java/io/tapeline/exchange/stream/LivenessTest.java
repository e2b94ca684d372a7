package io.tapeline.exchange.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pings and their pongs (A.2): every 20 s, an answer within a minute. */
class LivenessTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(20);

    private final Liveness liveness = new Liveness(Limits.real(), NOON);

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private byte[] pinged(long seconds) {
        assertThat(liveness.due(at(seconds))).isEqualTo(Liveness.Due.PING);
        return liveness.ping(at(seconds));
    }

    @Test
    void aPingIsToldOnceEachTwentySeconds() {
        assertThat(liveness.due(at(19))).isEqualTo(Liveness.Due.NOTHING);
        pinged(20);
        assertThat(liveness.due(at(21))).isEqualTo(Liveness.Due.NOTHING);
        pinged(40);
    }

    @Test
    void aClientThatNeverAnswersIsLate() {
        for (long second = 20; second <= 60; second += EVERY.toSeconds()) {
            pinged(second);
        }
        assertThat(liveness.due(at(80))).isEqualTo(Liveness.Due.PONG_LATE);
    }

    @Test
    void anAnswerThatTakesLongerThanTheNextPingButLessThanAMinuteIsInTime() {
        byte[] before = pinged(20);
        for (long second = 40; second <= 400; second += EVERY.toSeconds()) {
            byte[] next = pinged(second);
            liveness.pong(before, at(second + 15));
            before = next;
        }
    }

    @Test
    void onlyAnEchoProvesThatTheClientLives() {
        byte[] first = pinged(20);
        liveness.pong(new byte[0], at(21));
        liveness.pong("other".getBytes(java.nio.charset.StandardCharsets.US_ASCII), at(22));
        byte[] second = pinged(40);
        liveness.pong(second, at(41));
        liveness.pong(first, at(99));
        liveness.pong(second, at(99));
        pinged(60);
        pinged(80);
        pinged(100);
        assertThat(liveness.due(at(120))).isEqualTo(Liveness.Due.PONG_LATE);
    }

    @Test
    void anAnswerThatTheExchangeLostIsNotLate() {
        liveness.lostPong(pinged(20));
        liveness.lostPong(pinged(40));
        byte[] third = pinged(60);
        // Whoever loses them has stopped, but a minute is over before the next one can come.
        assertThat(liveness.due(at(80))).isEqualTo(Liveness.Due.PONG_LOST);
        liveness.pong(third, at(81));
        pinged(100);
        pinged(120);
        pinged(140);
        assertThat(liveness.due(at(160))).isEqualTo(Liveness.Due.PONG_LATE);
    }

    @Test
    void whoeverAnswersNothingIsLateAlsoWhereAnswersAreLost() {
        pinged(20);
        liveness.lostPong(new byte[] {1});
        pinged(40);
        pinged(60);
        assertThat(liveness.due(at(80))).isEqualTo(Liveness.Due.PONG_LATE);
    }

    @Test
    void aPingThatWasWithheldNeedsNoAnswer() {
        for (long second = 20; second <= 400; second += EVERY.toSeconds()) {
            assertThat(liveness.due(at(second))).isEqualTo(Liveness.Due.PING);
            liveness.notPinged(at(second));
        }
    }
}
