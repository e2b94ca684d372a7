package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

    @Test
    void aJsonBodyIsGood() {
        assertThat(of(200, "", " [1]")).isEqualTo(new Verdict.Good());
        assertThat(of(200, "", "{}")).isEqualTo(new Verdict.Good());
    }

    @Test
    void aPageOfHtmlIsTriedAgainWhateverItsStatus() {
        assertThat(of(200, "", "<html>")).isInstanceOf(Verdict.Transient.class);
        assertThat(of(404, "", "<html>")).isInstanceOf(Verdict.Transient.class);
        assertThat(of(200, "", "")).isInstanceOf(Verdict.Transient.class);
    }

    @Test
    void aFirewallMayMeanALimit() {
        assertThat(of(403, "", "<html>")).isEqualTo(new Verdict.Blocked(Duration.ZERO));
        assertThat(of(403, "30", "<html>")).isEqualTo(new Verdict.Blocked(Duration.ofSeconds(30)));
    }

    @Test
    void outagesAreTriedAgain() {
        assertThat(of(408, "", "")).isEqualTo(new Verdict.Transient("status 408"));
        assertThat(of(502, "", "{}")).isEqualTo(new Verdict.Transient("status 502"));
        assertThat(of(400, "", "{\"code\":-1007,\"msg\":\"Timeout\"}"))
                .isEqualTo(new Verdict.Transient("code -1007"));
    }

    @Test
    void brokenLimitsTellHowLongToWait() {
        assertThat(of(429, "7", "{\"code\":-1003,\"msg\":\"x\"}"))
                .isEqualTo(new Verdict.TooMany(Duration.ofSeconds(7)));
        assertThat(of(429, "", "<html>")).isEqualTo(new Verdict.TooMany(Duration.ZERO));
        assertThat(of(418, "180", "{}")).isEqualTo(new Verdict.Banned(Duration.ofMinutes(3)));
        assertThat(
                        of(
                                418,
                                "",
                                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP"
                                        + " banned until 1700000090000. Please\"}"))
                .isEqualTo(new Verdict.Banned(Duration.ofSeconds(90)));
        assertThat(of(418, "soon", "{}")).isEqualTo(new Verdict.Banned(Duration.ZERO));
        assertThat(of(429, "-5", "{}")).isEqualTo(new Verdict.TooMany(Duration.ZERO));
    }

    @Test
    void aTimeToRetryMayBeADate() {
        assertThat(of(429, "Tue, 14 Nov 2023 22:13:50 GMT", "{}"))
                .isEqualTo(new Verdict.TooMany(Duration.ofSeconds(30)));
    }

    @Test
    void ofABansTwoEndsTheLaterCountsUpToTheLongestBanThereIs() {
        assertThat(of(418, "10", banUntil(1_700_000_090_000L)))
                .isEqualTo(new Verdict.Banned(Duration.ofSeconds(90)));
        assertThat(of(418, "120", banUntil(1_700_000_090_000L)))
                .isEqualTo(new Verdict.Banned(Duration.ofSeconds(120)));
        assertThat(of(418, "", banUntil(1_700_000_000_000_000L)))
                .isEqualTo(new Verdict.Banned(Duration.ofDays(3)));
    }

    @Test
    void bothShapesOfErrorsAreRead() {
        assertThat(of(400, "", "{\"error\":{\"code\":-1121,\"msg\":\"No.\"},\"id\":2}"))
                .isEqualTo(new Verdict.Refused(400, -1121, "No."));
        assertThat(of(400, "", "{\"error\":{\"code\":-1003,\"msg\":\"Slow down.\"}}"))
                .isEqualTo(new Verdict.TooMany(Duration.ZERO));
    }

    @Test
    void whatTheExchangeUnderstoodAndRefusedIsNotTriedAgain() {
        assertThat(of(400, "", "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"))
                .isEqualTo(new Verdict.Refused(400, -1121, "Invalid symbol."));
    }

    private static String banUntil(long millis) {
        return "{\"code\":-1003,\"msg\":\"IP banned until " + millis + ". Please\"}";
    }

    private static Verdict of(int status, String retryAfter, String body) {
        return Verdict.of(status, retryAfter, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
