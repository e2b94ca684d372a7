package io.tapeline.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.poll.PollVerdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallPlanTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final CoinGeckoSettings ONE_CALL =
            CoinGeckoSettings.ofDefaults(
                    URI.create("http://localhost/api/v3"), List.of("bitcoin"), List.of("usd"));

    @Test
    void aMonthOfCallsCostsNoMoreThanAMonthsCredits() {
        CallPlan plan = plan(1, ONE_CALL.pace());
        Instant now = START;
        int calls = 0;
        while (now.isBefore(START.plus(Duration.ofDays(31)))) {
            plan.call(now);
            plan.settled(new PollVerdict.Good(), now);
            now = plan.due();
            calls++;
        }
        assertThat(calls).isEqualTo(10_000);
        assertThat(ONE_CALL.pace()).isEqualTo(Duration.ofMillis(267_840));
    }

    @Test
    void thePaceIsTheSlowestOfCreditsMinuteAndTheVenuesOwnRenewal() {
        List<String> coins = IntStream.range(0, 1_000).mapToObj(i -> "coin-" + i).toList();
        assertThat(pace(coins, 500_000, 500, Duration.ofSeconds(60)))
                .isEqualTo(Duration.ofSeconds(15)); // four calls, each once a minute
        assertThat(pace(coins, 10_000_000, 2, Duration.ofSeconds(60)))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(pace(coins, 100_000, 500, Duration.ofSeconds(20)))
                .isEqualTo(Duration.ofMillis(26_784));
    }

    @Test
    void severalCallsTakeTurnsEvenlySpread() {
        CallPlan plan = plan(3, Duration.ofSeconds(20));
        List<Integer> made = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < 5; i++) {
            made.add(plan.call(now));
            plan.settled(new PollVerdict.Good(), now);
            now = plan.due();
        }
        assertThat(made).containsExactly(0, 1, 2, 0, 1);
        assertThat(now).isEqualTo(START.plusSeconds(100));
    }

    @Test
    void aFailedCallCostsItsPlaceToo() {
        CallPlan plan = plan(1, Duration.ofSeconds(268));
        plan.call(START);
        plan.settled(new PollVerdict.Transient("status 502"), START.plusSeconds(1));
        assertThat(plan.due()).isEqualTo(START.plusSeconds(268));
    }

    @Test
    void aBrokenLimitIsObeyedAndFailuresInARowWaitLonger() {
        CallPlan plan = plan(1, Duration.ofSeconds(1));
        plan.call(START);
        plan.settled(new PollVerdict.TooMany(Duration.ofSeconds(90)), START);
        assertThat(plan.due()).isEqualTo(START.plusSeconds(90));
        Instant now = plan.due();
        for (int i = 0; i < 12; i++) {
            plan.call(now);
            plan.settled(new PollVerdict.TooMany(Duration.ZERO), now);
            now = plan.due();
        }
        plan.call(now);
        plan.settled(new PollVerdict.TooMany(Duration.ZERO), now);
        assertThat(Duration.between(now, plan.due()))
                .isBetween(Duration.ofSeconds(450), Duration.ofSeconds(900));
        plan.settled(new PollVerdict.Good(), now);
        now = plan.due();
        plan.call(now);
        assertThat(plan.due()).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void aRefusalIsTriedAgainSlowly() {
        CallPlan plan = plan(1, Duration.ofSeconds(1));
        plan.call(START);
        plan.settled(new PollVerdict.Refused(10002, "API Key Missing"), START);
        assertThat(plan.due()).isEqualTo(START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void longListsAreSplitIntoCalls() {
        CoinGeckoSettings settings =
                settings(
                        IntStream.range(0, 501).mapToObj(i -> "coin-" + i).toList(),
                        10_000,
                        30,
                        Duration.ofSeconds(60));
        assertThat(settings.calls()).map(List::size).containsExactly(250, 250, 1);
        assertThat(settings.calls().stream().flatMap(List::stream)).isEqualTo(settings.coins());
    }

    private static Duration pace(List<String> coins, int credits, int perMinute, Duration renewal) {
        return settings(coins, credits, perMinute, renewal).pace();
    }

    private static CoinGeckoSettings settings(
            List<String> coins, int credits, int perMinute, Duration renewal) {
        return new CoinGeckoSettings(
                ONE_CALL.base(),
                coins,
                ONE_CALL.currencies(),
                ONE_CALL.key(),
                credits,
                perMinute,
                renewal,
                ONE_CALL.coinsPerCall(),
                ONE_CALL.answerWithin());
    }

    private static CallPlan plan(int calls, Duration pace) {
        return new CallPlan(
                calls,
                pace,
                START,
                new Backoff(
                        Duration.ofSeconds(1), Duration.ofMinutes(15), new SplittableRandom(1)));
    }
}
