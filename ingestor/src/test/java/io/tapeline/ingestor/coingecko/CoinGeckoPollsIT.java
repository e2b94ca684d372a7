package io.tapeline.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.VenueSettings;
import io.tapeline.exchange.coingecko.CoinGeckoLimits;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.RecordingRoutes;
import io.tapeline.ingestor.feed.RecordingRoutes.Published;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.poll.HttpAsker;
import io.tapeline.ingestor.poll.Poller;
import io.tapeline.schemas.market.Venue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls over real HTTP to a simulated CoinGecko. */
class CoinGeckoPollsIT {

    /** In the memory of the test. */
    private static final class Account implements CallAccount {

        private final AtomicReference<@Nullable Instant> newest = new AtomicReference<>();

        @Override
        public CompletableFuture<Optional<Instant>> newestCall() {
            return CompletableFuture.completedFuture(Optional.ofNullable(newest.get()));
        }

        @Override
        public CompletableFuture<Void> called(Instant time) {
            newest.set(time);
            return CompletableFuture.completedFuture(null);
        }
    }

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpAsker http = new HttpAsker(Duration.ofSeconds(10), Clock.systemUTC());
    private final RecordingRoutes routes = new RecordingRoutes();
    private final SourceCounters counters = new SourceCounters(Venue.COINGECKO);
    private final AtomicBoolean turn = new AtomicBoolean(true);
    private final Account account = new Account();

    @SuppressWarnings("NullAway.Init")
    private SimulatedExchange exchange;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        http.close();
        exchange.close();
    }

    private void exchange(CoinGeckoLimits limits) throws Exception {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo().withPairs(1).withEventsPerSecond(1))
                                .withVenues(
                                        VenueSettings.real()
                                                .withCoinGecko(
                                                        limits.withCalls(
                                                                10_000, Duration.ofMinutes(1)))));
    }

    private CoinGeckoPolls start(List<String> coins, List<String> currencies) {
        return start(settings(coins, currencies, Optional.empty()));
    }

    private CoinGeckoSettings settings(
            List<String> coins, List<String> currencies, Optional<ApiKey> key) {
        return new CoinGeckoSettings(
                exchange.coingeckoUrl(),
                coins,
                currencies,
                key,
                Integer.MAX_VALUE,
                60_000,
                Duration.ofMillis(100),
                2,
                Duration.ofSeconds(10));
    }

    private CoinGeckoPolls start(CoinGeckoSettings settings) {
        CoinGeckoPolls polls =
                new CoinGeckoPolls(
                        settings,
                        turn::get,
                        account,
                        new Backoff(
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                new SplittableRandom(1)),
                        routes,
                        counters);
        var _ = Poller.start("test", polls, http, scheduler, Clock.systemUTC());
        return polls;
    }

    private void await(Count count, int atLeast) {
        Await.until(
                count + " " + atLeast, () -> counters.get(count) >= atLeast, counters::snapshot);
    }

    @Test
    void eachCoinIsRecordedInEachCurrencyFromAsManyCallsAsItTakes() throws Exception {
        exchange(CoinGeckoLimits.real());
        exchange.coingecko().nullValues(Set.of("solana"));
        CoinGeckoPolls polls =
                start(List.of("bitcoin", "ethereum", "solana", "nosuch"), List.of("usd", "eur"));
        await(Count.CALLS_ANSWERED, 4);
        assertThat(routes.all().subList(0, 4))
                .extracting(p -> p.instrument() + " " + p.stream() + " " + p.line())
                .containsExactly(
                        "coingecko:bitcoin-usd"
                                + " rest/simple/price?ids=bitcoin&vs_currencies=usd rest",
                        "coingecko:bitcoin-eur"
                                + " rest/simple/price?ids=bitcoin&vs_currencies=eur rest",
                        "coingecko:ethereum-usd"
                                + " rest/simple/price?ids=ethereum&vs_currencies=usd rest",
                        "coingecko:ethereum-eur"
                                + " rest/simple/price?ids=ethereum&vs_currencies=eur rest");
        assertThat(routes.all())
                .allSatisfy(p -> {
                    assertThat(p.payload()).startsWith("{\"usd\":").contains("\"eur\":");
                    assertThat(p.payload())
                            .contains("\"last_updated_at\":" + p.timeMicros() / 1_000_000);
                });
        assertThat(counters.get(Count.OMITTED)).isEqualTo(1);
        assertThat(counters.get(Count.NULLS)).isGreaterThanOrEqualTo(2);
        assertThat(polls.state().wanted()).isEqualTo(8);
        assertThat(polls.state().arriving()).isEqualTo(4);
        assertThat(exchange.breaches().all()).isEmpty();
    }

    @Test
    void theKeyIsSentInTheHeaderOfItsKind() throws Exception {
        exchange(CoinGeckoLimits.real().withPlan(CoinGeckoLimits.Plan.DEMO));
        start(
                settings(
                        List.of("bitcoin"),
                        List.of("usd"),
                        Optional.of(new ApiKey(ApiKey.Kind.DEMO, "CG-demo"))));
        await(Count.POLLED_EVENTS, 1);
        assertThat(exchange.coingecko().credits("CG-demo")).isPositive();
    }

    @Test
    void aMissingKeyIsARefusalThatIsNotTriedAgainSoon() throws Exception {
        exchange(CoinGeckoLimits.real().withPlan(CoinGeckoLimits.Plan.PRO));
        CoinGeckoPolls polls = start(List.of("bitcoin"), List.of("usd"));
        await(Count.CALLS_REFUSED, 1);
        assertThat(polls.state().phase()).isEqualTo(SourceState.Phase.DOWN);
        assertThat(counters.get(Count.CALLS)).isEqualTo(1);
    }

    @Test
    void limitsPagesOfHtmlAndOutagesArePassedAndNoCallIsMadeBeforeRetryAfter() throws Exception {
        exchange(CoinGeckoLimits.real());
        AtomicInteger calls = new AtomicInteger();
        exchange.coingecko().refuse(1020, () -> calls.getAndIncrement() < 2);
        start(List.of("bitcoin"), List.of("usd"));
        await(Count.POLLED_EVENTS, 1);
        assertThat(counters.get(Count.CALLS_FAILED)).isEqualTo(2);
        AtomicInteger outages = new AtomicInteger();
        exchange.coingecko().refuse(503, () -> outages.getAndIncrement() < 2);
        await(Count.CALLS_FAILED, 4);
        AtomicInteger limited = new AtomicInteger();
        exchange.coingecko().refuse(429, () -> limited.getAndIncrement() < 1);
        await(Count.CALLS_LIMITED, 1);
        assertThat(exchange.breaches().all()).isEmpty();
    }

    @Test
    void onlyTheInstanceWhoseTurnItIsCallsAndItKeepsThePaceOfTheOneBefore() throws Exception {
        exchange(CoinGeckoLimits.real());
        turn.set(false);
        account.newest.set(Instant.now());
        CoinGeckoPolls polls =
                start(
                        CoinGeckoSettings.ofDefaults(
                                exchange.coingeckoUrl(), List.of("bitcoin"), List.of("usd")));
        Await.until("it is known", () -> polls.state().wanted() == 0, polls::state);
        turn.set(true);
        Await.until("the turn is taken", () -> polls.state().wanted() == 1, polls::state);
        assertThat(counters.get(Count.CALLS)).isZero();
        assertThat(polls.state().phase()).isEqualTo(SourceState.Phase.CONNECTING);
    }

    @Test
    void whatIsRecordedIsTheVenuesOwnText() throws Exception {
        exchange(CoinGeckoLimits.real());
        start(List.of("shiba-inu"), List.of("usd"));
        await(Count.POLLED_EVENTS, 1);
        Published shiba = routes.all().getFirst();
        assertThat(shiba.payload()).matches("\\{\"usd\":[0-9.]+e-\\d+,\"last_updated_at\":\\d+}");
    }
}
