package io.tapeline.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** EXCHANGES A.6 and A.7. */
class RequestWeightsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Limits LIMITS =
            Limits.real()
                    .withRequestWeight(100)
                    .withBans(2, List.of(Duration.ofMinutes(2), Duration.ofDays(3)));

    private final RequestWeights weights = new RequestWeights(LIMITS);

    /** What the client reads of a verdict. */
    private record Told(long used, int status, long retryAfterSeconds, @Nullable String body) {

        static Told of(RequestWeights.Verdict verdict) {
            Reply refusal = verdict.refusal();
            return refusal == null
                    ? new Told(verdict.used(), 0, 0, null)
                    : new Told(
                            verdict.used(),
                            refusal.status(),
                            refusal.retryAfterSeconds(),
                            new String(refusal.body(), StandardCharsets.UTF_8));
        }
    }

    private Told charge(int weight, String time) {
        return Told.of(
                weights.charge("10.0.0.1", weight, Instant.parse("2026-03-04T" + time + "Z")));
    }

    @Test
    void aMinuteEndsWithTheClocksMinuteNotSixtySecondsAfterTheFirstRequest() {
        assertThat(charge(60, "12:00:59")).isEqualTo(new Told(60, 0, 0, null));
        assertThat(charge(60, "12:01:00")).isEqualTo(new Told(60, 0, 0, null));
        assertThat(charge(40, "12:01:10")).isEqualTo(new Told(100, 0, 0, null));
        assertThat(charge(1, "12:01:20.5"))
                .isEqualTo(
                        new Told(
                                101,
                                429,
                                40,
                                "{\"code\":-1003,\"msg\":\"Too much request weight used; current"
                                        + " limit is 100 request weight per 1 MINUTE. Please use"
                                        + " WebSocket Streams for live updates to avoid polling the"
                                        + " API.\"}"));
        assertThat(charge(1, "12:02:00").status()).isZero();
    }

    @Test
    void eachAddressHasItsOwnWeight() {
        charge(100, "12:00:00");
        assertThat(Told.of(weights.charge("10.0.0.2", 100, NOON)).status()).isZero();
    }

    @Test
    void goingOnAfterRefusalsIsBannedLongerEachTime() {
        charge(100, "12:00:10");
        assertThat(charge(1, "12:00:11").status()).isEqualTo(429);
        assertThat(charge(1, "12:00:12").status()).isEqualTo(429);
        assertThat(charge(1, "12:00:13"))
                .isEqualTo(
                        new Told(
                                103,
                                418,
                                120,
                                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP"
                                        + " banned until "
                                        + NOON.plusSeconds(133).toEpochMilli()
                                        + ". Please use WebSocket Streams for live updates to avoid"
                                        + " bans.\"}"));
        assertThat(charge(1, "12:02:12").status()).isEqualTo(418);
        assertThat(charge(1, "12:02:12").retryAfterSeconds()).isEqualTo(1);
        assertThat(charge(100, "12:02:13").status()).isZero();
        charge(1, "12:02:14");
        charge(1, "12:02:15");
        assertThat(charge(1, "12:02:16").retryAfterSeconds())
                .isEqualTo(Duration.ofDays(3).toSeconds());
    }

    @Test
    void rawRequestsHaveTheirOwnWindow() {
        RequestWeights few = new RequestWeights(Limits.real().withRawRequests(2));
        few.charge("a", 1, NOON);
        few.charge("a", 1, NOON);
        assertThat(Told.of(few.charge("a", 1, NOON.plusSeconds(100))))
                .isEqualTo(
                        new Told(
                                1,
                                429,
                                200,
                                "{\"code\":-1003,\"msg\":\"Too many requests queued.\"}"));
        assertThat(Told.of(few.charge("a", 1, NOON.plusSeconds(300))).status()).isZero();
    }

    @Test
    void whatOthersBurnIsToldAndNotCountedAsTheAddresssOwn() {
        charge(30, "12:00:05");
        weights.burn(50, NOON.plusSeconds(6));
        RequestWeights.Verdict full = weights.charge("10.0.0.1", 20, NOON.plusSeconds(7));
        assertThat(full).isEqualTo(new RequestWeights.Verdict(100, 50, 2, null));
        assertThat(charge(1, "12:00:08").status()).isEqualTo(429);
        assertThat(charge(1, "12:01:00")).isEqualTo(new Told(1, 0, 0, null));
    }
}
