package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.VenueSettings;
import io.tapeline.exchange.deribit.DeribitLimits;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.RecordingRoutes;
import io.tapeline.ingestor.feed.RecordingRoutes.Published;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines over real sockets to a simulated Deribit, whose seconds of heartbeats are short. */
class DeribitLineIT {

    private static final Instrument BTC = new Instrument(Venue.DERIBIT, "btc_usd");
    private static final Instrument ETH = new Instrument(Venue.DERIBIT, "eth_usd");
    private static final Instrument NONE = new Instrument(Venue.DERIBIT, "nosuch_usd");
    private static final String BTC_CHANNEL = "deribit_price_index.btc_usd";
    private static final String ETH_CHANNEL = "deribit_price_index.eth_usd";
    private static final DeribitLimits FAST =
            DeribitLimits.real()
                    .withPublishEvery(Duration.ofMillis(20))
                    .withHeartbeatSecond(Duration.ofMillis(20));

    private record Heard(
            String line, Instrument instrument, Optional<EpochMicros> until, String cause) {}

    private final SimulatedExchange exchange;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final JettySockets sockets =
            JettySockets.start(
                    "test-socket",
                    new SocketLimits(1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30)),
                    Clock.systemUTC());
    private final RecordingRoutes routes = new RecordingRoutes();
    private final SourceCounters counters = new SourceCounters(Venue.DERIBIT);
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

    DeribitLineIT() throws Exception {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(1)
                                                .withEventsPerSecond(1)
                                                .withHistory(Duration.ofHours(1)))
                                .withVenues(VenueSettings.real().withDeribit(FAST)));
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        sockets.close();
        exchange.close();
    }

    private DeribitLine line(String name, Duration stalledAfter) {
        DeribitSettings settings =
                DeribitSettings.ofDefaults(
                                exchange.deribitWsUrl(),
                                Optional.empty(),
                                List.of("btc_usd"),
                                List.of("a"))
                        .withStalledAfter(stalledAfter);
        return new DeribitLine(
                name,
                settings,
                sockets,
                new ConnectionAttempts(1_000, Duration.ofMinutes(1)),
                new DeribitLine.Waits(wait(20), wait(20), wait(100)),
                routes,
                (line, streams, interruption) ->
                        streams.forEach(stream ->
                                heard.add(
                                        new Heard(
                                                line,
                                                stream.instrument(),
                                                interruption.carriedUntil(),
                                                interruption.cause()))),
                counters,
                scheduler);
    }

    private static Backoff wait(int millis) {
        return new Backoff(
                Duration.ofMillis(millis),
                Duration.ofMillis(2L * millis),
                new SplittableRandom(millis));
    }

    private void awaitStreaming(DeribitLine line) {
        Await.until(
                "the line is streaming",
                () -> line.state().phase() == SourceState.Phase.STREAMING,
                line::state);
    }

    private void awaitEvents(String line, String channel, int more) {
        int before = routes.payloads(line, channel).size();
        Await.until(
                more + " events more",
                () -> routes.payloads(line, channel).size() >= before + more,
                counters::snapshot);
    }

    @Test
    void eachLineBringsEveryEventVerbatimAndAnswersEveryTest() {
        try (DeribitLine a = line("a", Duration.ofMinutes(1));
                DeribitLine b = line("b", Duration.ofMinutes(1))) {
            for (DeribitLine line : List.of(a, b)) {
                line.follow(List.of(BTC, ETH));
                awaitStreaming(line);
            }
            awaitEvents("a", BTC_CHANNEL, 100); // two seconds: five rounds of heartbeats
            awaitEvents("b", ETH_CHANNEL, 5);
        }
        Await.until("the connections are closed", () -> exchange.deribit().connections() == 0);
        for (String channel : List.of(BTC_CHANNEL, ETH_CHANNEL)) {
            List<String> sent =
                    exchange.ledger().entries(channel).stream()
                            .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                            .toList();
            for (String line : List.of("a", "b")) {
                // The same text twice is two events: no time of the venue tells them apart.
                assertThat(sent)
                        .as("%s on %s, without a hole", channel, line)
                        .containsSequence(routes.payloads(line, channel));
            }
        }
        assertThat(exchange.breaches().all()).isEmpty();
        assertThat(counters.get(Count.CONNECTED)).isEqualTo(2);
        assertThat(counters.get(Count.MESSAGES))
                .isEqualTo(counters.get(Count.STREAM_EVENTS) + counters.get(Count.CONTROL));
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        new Heard("a", BTC, Optional.empty(), "start"),
                        new Heard("a", ETH, Optional.empty(), "start"),
                        new Heard("b", BTC, Optional.empty(), "start"),
                        new Heard("b", ETH, Optional.empty(), "start"));
        Published one = routes.all().getFirst();
        assertThat(one.kind()).isEqualTo(EventKind.TICKERS);
        assertThat(one.unit()).isEqualTo(ExchangeTimeUnit.MILLISECONDS);
        assertThat(one.payload())
                .contains("\"timestamp\":" + new EpochMicros(one.timeMicros()).toMillis());
    }

    @Test
    void aLostConnectionIsMadeAnewAndTheInterruptionIsTold() {
        try (DeribitLine line = line("a", Duration.ofMinutes(1))) {
            line.follow(List.of(BTC));
            awaitStreaming(line);
            awaitEvents("a", BTC_CHANNEL, 5);
            exchange.deribit().dropSockets();
            Await.until("it is carried again", () -> heard.size() == 2, () -> heard);
            awaitEvents("a", BTC_CHANNEL, 5);
            assertThat(counters.get(Count.DISCONNECTED)).isEqualTo(1);
            Heard again = List.copyOf(heard).getLast();
            assertThat(again.cause()).startsWith("connection lost: ");
            EpochMicros until = again.until().orElseThrow();
            assertThat(routes.all())
                    .anyMatch(p -> !new EpochNanos(p.receivedNanos()).toMicros().isAfter(until))
                    .anyMatch(p -> new EpochNanos(p.receivedNanos()).toMicros().isAfter(until));
        }
    }

    @Test
    void aVenueThatRefusesConnectionsIsTriedUntilOneHolds() {
        AtomicInteger refusals = new AtomicInteger(5);
        exchange.deribit().refuse(() -> refusals.getAndDecrement() > 0);
        try (DeribitLine line = line("a", Duration.ofMinutes(1))) {
            line.follow(List.of(BTC));
            awaitStreaming(line);
            assertThat(counters.get(Count.DISCONNECTED)).isEqualTo(5);
            assertThat(counters.get(Count.CONNECTED)).isEqualTo(1);
        }
    }

    @Test
    void maintenanceIsWaitedForOnTheConnectionThatThereIs() {
        AtomicInteger calls = new AtomicInteger(3);
        exchange.deribit().maintenance(() -> calls.getAndDecrement() > 0);
        try (DeribitLine line = line("a", Duration.ofMinutes(1))) {
            line.follow(List.of(BTC));
            awaitStreaming(line);
            assertThat(counters.get(Count.REFUSED)).isEqualTo(3);
            assertThat(counters.get(Count.CONNECTED)).isEqualTo(1);
        }
    }

    @Test
    void anIndexThatStandsStillIsSubscribedAnewAndThenOverANewConnection() {
        try (DeribitLine line = line("a", Duration.ofSeconds(1))) {
            line.follow(List.of(BTC, ETH));
            awaitStreaming(line);
            awaitEvents("a", BTC_CHANNEL, 3);
            exchange.deribit().stall(BTC_CHANNEL::equals);
            Await.until(
                    "a new connection",
                    () -> counters.get(Count.CONNECTED) == 2,
                    counters::snapshot);
            exchange.deribit().stall(_ -> false);
            awaitEvents("a", BTC_CHANNEL, 3);
            assertThat(counters.get(Count.STALLED)).isGreaterThanOrEqualTo(2);
            assertThat(heard)
                    .filteredOn(h -> h.instrument().equals(BTC))
                    .extracting(Heard::cause)
                    .startsWith("start", "stalled", "stalled");
        }
        assertThat(exchange.breaches().all()).isEmpty();
    }

    @Test
    void anIndexThatDoesNotExistIsSaidAndTheOthersStream() {
        try (DeribitLine line = line("a", Duration.ofMinutes(1))) {
            line.follow(List.of(NONE, BTC));
            awaitEvents("a", BTC_CHANNEL, 3);
            assertThat(counters.get(Count.OMITTED)).isEqualTo(1);
            assertThat(line.state().wanted()).isEqualTo(2);
            assertThat(line.state().arriving()).isEqualTo(1);
            assertThat(line.state().phase()).isEqualTo(SourceState.Phase.CONNECTING);
        }
    }

    @Test
    void whatIsFollowedCanChangeAndWithoutAnythingThereIsNoConnection() {
        try (DeribitLine line = line("a", Duration.ofMinutes(1))) {
            line.follow(List.of(BTC));
            awaitStreaming(line);
            line.follow(List.of(ETH));
            awaitEvents("a", ETH_CHANNEL, 3);
            assertThat(counters.get(Count.CONNECTED)).isEqualTo(1);
            line.follow(List.of());
            Await.until("the connection is closed", () -> exchange.deribit().connections() == 0);
            line.follow(List.of(BTC, ETH));
            awaitStreaming(line);
            awaitEvents("a", BTC_CHANNEL, 3);
        }
    }
}
