package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.RecordingRoutes;
import io.tapeline.ingestor.feed.RecordingRoutes.Published;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.poll.HttpAsker;
import io.tapeline.ingestor.poll.Poller;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls over real HTTP to a simulated Deribit; the clock is moved by the test. */
class IndexPollsIT {

    private static final Instrument BTC = new Instrument(Venue.DERIBIT, "btc_usd");
    private static final Instrument ETH = new Instrument(Venue.DERIBIT, "eth_usd");

    /** Goes on by itself, and jumps when told to. */
    private static final class JumpingClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void jump(Duration further) {
            ahead = ahead.plus(further);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("withZone");
        }
    }

    private final SimulatedExchange exchange;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final JumpingClock clock = new JumpingClock();
    private final HttpAsker http = new HttpAsker(Duration.ofSeconds(10), clock);
    private final RecordingRoutes routes = new RecordingRoutes();
    private final SourceCounters counters = new SourceCounters(Venue.DERIBIT);
    private final Set<Instrument> held = ConcurrentHashMap.newKeySet();

    IndexPollsIT() throws Exception {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo().withPairs(1).withEventsPerSecond(1)));
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        http.close();
        exchange.close();
    }

    private IndexPolls start() {
        IndexPolls polls =
                new IndexPolls(
                        exchange.deribitRestUrl(),
                        List.of(BTC, ETH),
                        held::contains,
                        wait(50),
                        wait(200),
                        routes,
                        counters);
        var _ = Poller.start("test", polls, http, scheduler, clock);
        return polls;
    }

    private static Backoff wait(int millis) {
        return new Backoff(
                Duration.ofMillis(millis),
                Duration.ofMillis(2L * millis),
                new SplittableRandom(millis));
    }

    private void awaitEvents(int count) {
        Await.until(
                count + " answers",
                () -> counters.get(Count.POLLED_EVENTS) >= count,
                counters::snapshot);
    }

    @Test
    void theWholeAnswerIsRecordedOnceAMinuteForWhatThisInstanceHolds() {
        held.add(BTC);
        IndexPolls polls = start();
        awaitEvents(1);
        clock.jump(Duration.ofMinutes(1));
        awaitEvents(2);
        held.add(ETH);
        awaitEvents(3);
        // The answer is counted before the state that it leads to is told.
        Await.until(
                "it streams",
                () -> polls.state().phase() == SourceState.Phase.STREAMING,
                counters::snapshot);
        assertThat(routes.all())
                .extracting(Published::stream)
                .startsWith(
                        "rest/get_index_price?index_name=btc_usd",
                        "rest/get_index_price?index_name=btc_usd",
                        "rest/get_index_price?index_name=eth_usd");
        Published first = routes.all().getFirst();
        assertThat(first.line()).isEqualTo("rest");
        assertThat(first.unit()).isEqualTo(ExchangeTimeUnit.MICROSECONDS);
        assertThat(first.payload())
                .startsWith("{\"jsonrpc\":\"2.0\",\"result\":{\"index_price\":")
                .contains("\"usOut\":" + first.timeMicros());
        assertThat(exchange.breaches().all()).isEmpty();
    }

    @Test
    void maintenanceIsTriedAgainUntilTheAnswerComes() {
        held.add(BTC);
        AtomicInteger away = new AtomicInteger(3);
        exchange.deribit().maintenance(() -> away.getAndDecrement() > 0);
        start();
        awaitEvents(1);
        assertThat(counters.get(Count.CALLS)).isEqualTo(4);
        assertThat(counters.get(Count.CALLS_FAILED)).isEqualTo(3);
    }
}
