package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the exchange does to connections (EXCHANGES.md A.8), each by the simulator's own name. */
class FaultyConnectionIT {

    private static final List<String> STREAMS = List.of("kline_1m", "ticker", "depth@100ms");
    private static final Source.Synthetic MARKET =
            Source.Synthetic.demo()
                    .withPairs(6)
                    .withEventsPerSecond(600)
                    .withBookLevels(60)
                    .withHistory(Duration.ofHours(1));
    private static final WatchdogSettings ALERT =
            new WatchdogSettings(
                    Duration.ofMillis(200),
                    3,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(4),
                    Duration.ofMillis(1_500),
                    0.5,
                    600);

    private static SimulatedExchange exchange() throws Exception {
        return SimulatedExchange.start(SimulatorSettings.of(MARKET));
    }

    private static BinanceLine streaming(
            LineHarness harness, String name, SimulatedExchange exchange, LineSettings settings) {
        BinanceLine line = harness.line(name, settings);
        line.follow(LineHarness.instruments(exchange));
        Await.until(
                "line " + name + " streams",
                () -> line.state().phase() == BinanceLine.Phase.STREAMING,
                line::state);
        return line;
    }

    private static LineSettings settings(SimulatedExchange exchange) {
        return LineHarness.settings(exchange.wsUrl(), STREAMS, 9);
    }

    private static void complete(LineHarness harness, SimulatedExchange exchange) {
        Await.until(
                "everything is there",
                () -> harness.missing(exchange.ledger()).isEmpty(),
                () -> harness.missing(exchange.ledger()).size() + " events are missing");
    }

    private static void lawful(SimulatedExchange exchange) {
        assertThat(exchange.judge().breaches()).isEmpty();
    }

    private static void fault(SimulatedExchange exchange, String line) {
        exchange.faults().run(FaultScript.parse(line));
    }

    @Test
    void aServerThatSaysThatItShutsDownIsLeftBeforeItDoes() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            streaming(harness, "a", exchange, settings(exchange));
            fault(exchange, "server-shutdown connection=all within=20s");
            Await.until(
                    "all are replaced",
                    () -> harness.counters.get(Count.REPLACED) >= 2,
                    harness.counters::snapshot);
            complete(harness, exchange);
            assertThat(harness.told)
                    .extracting(LineHarness.Told::interruption)
                    .containsOnly(Interruption.START);
            lawful(exchange);
        }
    }

    @Test
    void allSocketsDroppedAtOnceComeBackWithinTheLimits() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            LineSettings small = LineHarness.settings(exchange.wsUrl(), STREAMS, 2);
            BinanceLine line = streaming(harness, "a", exchange, small);
            fault(exchange, "drop-all");
            Await.until(
                    "all are lost",
                    () -> harness.counters.get(Count.DISCONNECTED) >= line.state().connections(),
                    harness.counters::snapshot);
            Await.until(
                    "all are back",
                    () -> line.state().phase() == BinanceLine.Phase.STREAMING,
                    line::state);
            // What is counted at once is told a moment later.
            Await.until(
                    "each stream is told twice",
                    () -> toldStreams(harness).size() >= 2 * streamsOf(exchange).size(),
                    () -> harness.told);
            assertThat(harness.told)
                    .extracting(told -> told.interruption().cause().replaceFirst(":.*", ""))
                    .contains("start", "connection lost");
            assertThat(
                            harness.told.stream()
                                    .filter(told -> told.interruption() != Interruption.START)
                                    .map(told -> told.interruption().carriedUntil()))
                    .allMatch(Optional::isPresent);
            lawful(exchange);
        }
    }

    @Test
    void aRefusedConnectionIsNotAskedForAgainSoon() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            fault(exchange, "refuse-connects status=429 count=1");
            BinanceLine line = harness.line("a", settings(exchange));
            line.follow(LineHarness.instruments(exchange));
            Await.until("refused", () -> harness.counters.get(Count.CONNECTS_REFUSED) >= 1);
            // The second connection was already asked for; nobody else is until the pause is over.
            assertThat(harness.counters.get(Count.CONNECTED)).isLessThanOrEqualTo(1);
            assertThat(line.state().phase()).isNotEqualTo(BinanceLine.Phase.STREAMING);
        }
    }

    @Test
    void aSocketThatIsHalfOpenEndsBySilence() throws Exception {
        SimulatorSettings pinging =
                SimulatorSettings.of(MARKET)
                        .withLimits(
                                Limits.real()
                                        .withPings(Duration.ofMillis(400), Duration.ofSeconds(20)));
        try (SimulatedExchange exchange = SimulatedExchange.start(pinging);
                LineHarness harness =
                        new LineHarness(
                                new SocketLimits(
                                        1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(2)))) {
            BinanceLine line = streaming(harness, "a", exchange, settings(exchange));
            fault(exchange, "half-open connection=newest for=60s");
            Await.until(
                    "lost",
                    () -> harness.counters.get(Count.DISCONNECTED) >= 1,
                    harness.counters::snapshot);
            Await.until(
                    "back", () -> line.state().phase() == BinanceLine.Phase.STREAMING, line::state);
        }
    }

    @Test
    void anAnswerLaterThanTheFirstEventsLosesNothing() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            fault(exchange, "late-ack by=1s count=2");
            streaming(harness, "a", exchange, settings(exchange));
            complete(harness, exchange);
            assertThat(harness.counters.get(Count.DISCONNECTED)).isZero();
            assertThat(harness.counters.get(Count.UNKNOWN)).isZero();
        }
    }

    @Test
    void aSubscriptionThatIsNeverAnsweredIsMadeOnAnotherConnection() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            fault(exchange, "no-ack count=1");
            streaming(
                    harness,
                    "a",
                    exchange,
                    LineHarness.answeredWithin(settings(exchange), Duration.ofSeconds(1)));
            assertThat(harness.counters.get(Count.DISCONNECTED)).isEqualTo(1);
            lawful(exchange);
        }
    }

    @Test
    void errorsOfBothShapesAreOvercomeByAskingInParts() throws Exception {
        for (String shape : List.of("wrapped", "plain")) {
            try (SimulatedExchange exchange = exchange();
                    LineHarness harness = new LineHarness()) {
                fault(exchange, "error-answer shape=" + shape + " count=1");
                streaming(harness, "a", exchange, settings(exchange));
                assertThat(harness.counters.get(Count.REFUSED)).as(shape).isZero();
                assertThat(harness.counters.get(Count.DISCONNECTED)).as(shape).isZero();
                lawful(exchange);
            }
        }
    }

    @Test
    void streamsThatWereAcceptedAndNotSubscribedAreMissedOnTheListAndAskedForAgain()
            throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            // Nobody watches the streams; two of nine are left out, once.
            fault(exchange, "partial-ack keep=7 count=1");
            streaming(harness, "a", exchange, settings(exchange));
            assertThat(harness.counters.get(Count.LEFT_OUT)).isEqualTo(2);
            Await.until(
                    "every stream is told",
                    () -> toldStreams(harness).size() >= streamsOf(exchange).size(),
                    () -> harness.told);
            assertThat(toldStreams(harness))
                    .containsExactlyInAnyOrderElementsOf(streamsOf(exchange));
            assertThat(harness.told)
                    .extracting(LineHarness.Told::interruption)
                    .containsOnly(Interruption.START);
            Await.until(
                    "every stream comes",
                    () -> streamsOf(exchange).stream().allMatch(s -> harness.count(s) > 0),
                    harness.counters::snapshot);
            assertThat(harness.counters.get(Count.DISCONNECTED)).isZero();
            lawful(exchange);
        }
    }

    @Test
    void streamsThatWereConfirmedAndNeverBeginAreFoundAndSubscribedAnew() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            String symbol = exchange.symbols().getFirst();
            fault(exchange, "stall connection=all symbol=" + symbol + " for=15s");
            BinanceLine line = streaming(harness, "a", exchange, settings(exchange));
            harness.watch(ALERT, exchange.restUrl(), line);
            Await.until(
                    "found",
                    () -> harness.counters.get(Count.STALLED) >= 1,
                    harness.counters::snapshot);
            assertThat(harness.counters.get(Count.LEFT_OUT)).isZero();
            Await.until(
                    "every stream comes",
                    () -> streamsOf(exchange).stream().allMatch(s -> harness.count(s) > 0),
                    () ->
                            streamsOf(exchange).stream().filter(s -> harness.count(s) == 0).toList()
                                    + " "
                                    + harness.counters.snapshot());
            lawful(exchange);
        }
    }

    @Test
    void aStreamThatStopsAloneIsSubscribedAnewAndTheOthersAreNotDisturbed() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            BinanceLine line = streaming(harness, "a", exchange, settings(exchange));
            harness.watch(ALERT, exchange.restUrl(), line);
            String stream = exchange.symbols().getFirst().toLowerCase(Locale.ROOT) + "@depth@100ms";
            Await.until("it comes", () -> harness.count(stream) > 20);
            fault(exchange, "stall connection=all stream=" + stream + " for=15s");
            Await.until(
                    "found",
                    () -> harness.counters.get(Count.RESUBSCRIBED) >= 1,
                    harness.counters::snapshot);
            assertThat(harness.told)
                    .filteredOn(told -> told.interruption().cause().equals("stalled"))
                    .allMatch(told -> told.interruption().carriedUntil().isPresent());
            int before = harness.count(stream);
            Await.until("it comes again", () -> harness.count(stream) > before + 20);
            assertThat(harness.counters.get(Count.DISCONNECTED)).isZero();
            lawful(exchange);
        }
    }

    @Test
    void aConnectionThatIsOpenAndBringsNothingIsReplaced() throws Exception {
        try (SimulatedExchange exchange = exchange();
                LineHarness harness = new LineHarness()) {
            BinanceLine a = streaming(harness, "a", exchange, settings(exchange));
            BinanceLine b = streaming(harness, "b", exchange, settings(exchange));
            harness.watch(ALERT, exchange.restUrl(), a, b);
            Await.until(
                    "all come",
                    () -> streamsOf(exchange).stream().allMatch(s -> harness.count(s) > 4));
            fault(exchange, "stall connection=oldest");
            Await.until(
                    "replaced",
                    () ->
                            harness.counters.get(Count.STALLED_CONNECTIONS) >= 1
                                    && harness.counters.get(Count.REPLACED) >= 1,
                    harness.counters::snapshot);
            // The other line has brought everything meanwhile.
            complete(harness, exchange);
            assertThat(harness.told)
                    .filteredOn(told -> told.interruption().cause().equals("stalled"))
                    .isNotEmpty()
                    .allMatch(told -> told.line().equals("a"));
            lawful(exchange);
        }
    }

    @Test
    void aClientThatAnswersPingsWithTheirPayloadIsNotCut() throws Exception {
        SimulatorSettings impatient =
                SimulatorSettings.of(MARKET)
                        .withLimits(
                                Limits.real()
                                        .withPings(Duration.ofMillis(400), Duration.ofSeconds(1)));
        try (SimulatedExchange exchange = SimulatedExchange.start(impatient);
                LineHarness harness = new LineHarness()) {
            streaming(harness, "a", exchange, settings(exchange));
            String stream = exchange.symbols().getFirst().toLowerCase(Locale.ROOT) + "@depth@100ms";
            // A hundred changes of ten a second: many times as long as a pong may take.
            Await.until("it goes on", () -> harness.count(stream) > 60);
            assertThat(harness.counters.get(Count.DISCONNECTED)).isZero();
            lawful(exchange);
            // And the check bites: pongs that are lost end the connection.
            fault(exchange, "ping-timeout connection=newest for=4s");
            Await.until(
                    "cut",
                    () -> harness.counters.get(Count.DISCONNECTED) >= 1,
                    harness.counters::snapshot);
        }
    }

    /** Each as often as it was told. */
    private static List<String> toldStreams(LineHarness harness) {
        return harness.told.stream().flatMap(told -> told.streams().stream()).toList();
    }

    private static Set<String> streamsOf(SimulatedExchange exchange) {
        return exchange.symbols().stream()
                .flatMap(symbol ->
                        STREAMS.stream().map(type -> symbol.toLowerCase(Locale.ROOT) + "@" + type))
                .collect(Collectors.toSet());
    }
}
