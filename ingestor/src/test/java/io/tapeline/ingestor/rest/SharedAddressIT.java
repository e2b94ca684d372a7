package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.fault.Lasting;
import io.tapeline.exchange.fault.NamePattern;
import io.tapeline.exchange.fault.RestFault;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.FastClock;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Against the simulated exchange, whose judge tells who broke a limit; minutes pass in a second.
 */
class SharedAddressIT {

    private static final Source.Synthetic QUIET =
            Source.Synthetic.demo()
                    .withPairs(4)
                    .withEventsPerSecond(1)
                    .withBookLevels(50)
                    .withHistory(Duration.ofHours(3));
    private static final RestRequest CANDLES =
            new RestRequest.Klines(
                    "BTCUSDT", Interval.ONE_MINUTE, Optional.empty(), Optional.empty(), 5);

    /** In the middle of a minute. */
    private final FastClock clock = new FastClock(Instant.parse("2026-01-31T12:00:31Z"), 60);

    private final IngestorCounters first = new IngestorCounters();
    private final IngestorCounters second = new IngestorCounters();

    private SimulatedExchange exchange() throws Exception {
        return SimulatedExchange.start(SimulatorSettings.of(QUIET).withClock(clock));
    }

    @Test
    void twoProcessesBehindOneAddressShareItsWeightByTheHeaderAlone() throws Exception {
        try (SimulatedExchange exchange = exchange();
                RestClient one = FastClients.start(exchange.restUrl(), clock, first);
                RestClient other = FastClients.start(exchange.restUrl(), clock, second)) {
            List<CompletableFuture<RestOutcome>> work = new ArrayList<>();
            for (int i = 0; i < 3_500; i++) {
                work.add(one.ask(CANDLES, Priority.BULK));
                work.add(other.ask(CANDLES, Priority.BULK));
            }
            // Urgent and heavy ones in between, up to the whole share.
            for (int i = 0; i < 30; i++) {
                work.add(one.ask(new RestRequest.Depth("BTCUSDT", 5000), Priority.RESYNC));
                work.add(other.ask(new RestRequest.Depth("ETHUSDT", 1000), Priority.RESYNC));
            }
            Instant began = clock.instant();
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
                    .get(120, TimeUnit.SECONDS);
            assertThat(work).allMatch(done -> done.join() instanceof RestOutcome.Answered);
            Judge.Verdict verdict = exchange.judge().verdict();
            assertThat(verdict.breaches()).isEmpty();
            assertThat(verdict.mostWeightInAMinute()).isLessThanOrEqualTo(6_000);
            assertThat(first.get(Count.REST_LIMITED) + second.get(Count.REST_LIMITED)).isZero();
            long minutes = Duration.between(began, clock.instant()).toMinutes();
            System.out.printf(
                    "two processes: weight %d in %d minutes, most in one %d; answers %d and %d%n",
                    7_000 * 2 + 30 * 300,
                    minutes,
                    verdict.mostWeightInAMinute(),
                    first.get(Count.REST_ANSWERED),
                    second.get(Count.REST_ANSWERED));
            assertThat(minutes).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void afterTheExchangesNoNobodyAsksBeforeItsTime() throws Exception {
        try (SimulatedExchange exchange = exchange();
                RestClient one = FastClients.start(exchange.restUrl(), clock, first);
                RestClient other = FastClients.start(exchange.restUrl(), clock, second)) {
            ask(one);
            ask(other);
            exchange.faults().inject(new RestFault.WeightLimit(Lasting.during(secs(70))));
            ask(one);
            ask(other);
            exchange.faults().inject(new RestFault.Ban(Lasting.during(secs(150))));
            ask(one);
            ask(other);
            assertThat(exchange.judge().verdict().breaches()).isEmpty();
            assertThat(first.get(Count.REST_LIMITED)).isPositive();
            assertThat(first.get(Count.REST_BANNED)).isPositive();
            assertThat(first.get(Count.REST_FAILED)).isZero();
        }
    }

    @Test
    void whatAnotherProcessUsesIsSeenAndLeftToIt() throws Exception {
        try (SimulatedExchange exchange = exchange();
                RestClient one = FastClients.start(exchange.restUrl(), clock, first)) {
            ask(one);
            exchange.faults().inject(new RestFault.WeightBurn(5_000));
            List<CompletableFuture<RestOutcome>> work = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                work.add(one.ask(CANDLES, Priority.RESYNC));
            }
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
                    .get(60, TimeUnit.SECONDS);
            assertThat(first.get(Count.REST_LIMITED)).isZero();
            assertThat(exchange.judge().verdict().breaches()).isEmpty();
        }
    }

    @Test
    void firewallsOutagesAndTimeoutsPassAndTheAnswersCome() throws Exception {
        try (SimulatedExchange exchange = exchange();
                RestClient one =
                        FastClients.start(
                                new RestSettings(
                                        exchange.restUrl(),
                                        ExchangeTimeUnit.MILLISECONDS,
                                        6_000,
                                        61_000,
                                        0.8,
                                        4,
                                        100,
                                        5,
                                        Duration.ofMillis(500)),
                                clock,
                                first)) {
            ask(one);
            exchange.faults().inject(new RestFault.Html403(NamePattern.any(), Lasting.times(2)));
            ask(one);
            assertThat(first.get(Count.REST_BLOCKED)).isEqualTo(2);
            exchange.faults()
                    .inject(new RestFault.ServerError(502, NamePattern.any(), Lasting.times(3)));
            ask(one);
            // Later than is waited for, and as the exchange's own time-out (-1007).
            exchange.faults().inject(slow(secs(45), RestFault.Outcome.ANSWER));
            ask(one);
            exchange.faults().inject(slow(secs(10), RestFault.Outcome.ERROR));
            ask(one);
            Await.until(
                    "the late answer has been given to nobody",
                    () -> exchange.requests().total() == first.get(Count.REST_ANSWERED) + 1,
                    first::snapshot);
            assertThat(exchange.judge().verdict().breaches()).isEmpty();
            assertThat(first.get(Count.REST_FAILED)).isZero();
        }
    }

    private static RestFault slow(Duration after, RestFault.Outcome outcome) {
        return new RestFault.Timeout(after, outcome, NamePattern.any(), Lasting.times(1));
    }

    private static Duration secs(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static void ask(RestClient client) throws Exception {
        assertThat(client.ask(CANDLES, Priority.RESYNC).get(60, TimeUnit.SECONDS))
                .isInstanceOf(RestOutcome.Answered.class);
    }
}
