package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Instances that share one exchange's pairs, over a real broker. */
@KafkaTest
class SharesIT {

    private static final int PARTITIONS = 6;
    private static final int PAIRS = 12;
    private static final Source.Synthetic MARKET =
            Source.Synthetic.demo()
                    .withPairs(PAIRS)
                    .withEventsPerSecond(120)
                    .withBookLevels(50)
                    .withHistory(Duration.ofHours(1));
    private static final List<String> A = List.of("a");
    private static final List<String> AB = List.of("a", "b");

    private final KafkaCluster kafka;
    private final Topics topics;
    private final Tape tape;
    private final String prefix;

    SharesIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.prefix = kafka.uniquePrefix();
        this.topics = new Topics(prefix);
        this.tape = new Tape(kafka.bootstrap());
    }

    private IngestorSettings settings(SimulatedExchange exchange, String name, List<String> lines) {
        return KilledIngestor.settings(
                name,
                kafka.bootstrap(),
                prefix,
                PARTITIONS,
                exchange.restUrl(),
                exchange.wsUrl(),
                lines);
    }

    private Ingestor ingestor(SimulatedExchange exchange, String name, List<String> lines)
            throws InterruptedException {
        return Ingestor.start(settings(exchange, name, lines), Clock.systemUTC());
    }

    private static SimulatedExchange exchange() throws Exception {
        return SimulatedExchange.start(SimulatorSettings.of(MARKET));
    }

    private static Set<Instrument> pairs(SimulatedExchange exchange) {
        return exchange.symbols().stream().map(Instrument::binance).collect(Collectors.toSet());
    }

    private static boolean streaming(Ingestor ingestor) {
        return ingestor.lines().stream()
                .allMatch(
                        line -> line.wanted() == 0 || line.phase() == BinanceLine.Phase.STREAMING);
    }

    private static void awaitAlone(Ingestor ingestor, List<String> lines, Set<Instrument> pairs) {
        Await.until(
                "all pairs are streamed by one",
                () ->
                        streaming(ingestor)
                                && lines.stream()
                                        .allMatch(line -> ingestor.carried(line).equals(pairs)),
                ingestor::lines);
    }

    private static void awaitShared(
            Ingestor one, Ingestor two, List<String> lines, Set<Instrument> pairs) {
        Await.until(
                "each pair is streamed once on each line",
                () ->
                        streaming(one)
                                && streaming(two)
                                && lines.stream().allMatch(line -> isShared(one, two, line, pairs)),
                () -> one.lines() + " " + two.lines());
    }

    private static boolean isShared(
            Ingestor one, Ingestor two, String line, Set<Instrument> pairs) {
        Set<Instrument> union = new HashSet<>(one.carried(line));
        union.addAll(two.carried(line));
        return union.equals(pairs)
                && !one.carried(line).isEmpty()
                && !two.carried(line).isEmpty()
                && one.carried(line).size() + two.carried(line).size() == pairs.size();
    }

    @Test
    void theLinesOfAPairLieOnDifferentInstancesAndNothingIsFetchedTwice() throws Exception {
        try (SimulatedExchange exchange = exchange();
                Ingestor one = ingestor(exchange, "one", AB)) {
            Set<Instrument> pairs = pairs(exchange);
            awaitAlone(one, AB, pairs);
            Await.until(
                    "each book was fetched",
                    () -> requests(exchange, "/api/v3/depth") >= PAIRS,
                    () -> one.counters().snapshot());
            try (Ingestor two = ingestor(exchange, "two", AB)) {
                awaitShared(one, two, AB, pairs);
                assertThat(two.carried("a")).isEqualTo(one.carried("b"));
                assertThat(two.carried("b")).isEqualTo(one.carried("a"));
                Await.until(
                        "one of them fetches for each pair",
                        () ->
                                pairs.stream()
                                        .allMatch(pair ->
                                                one.rest().holds(pair) != two.rest().holds(pair)));
                long moved = 3L * PAIRS;
                Await.until(
                        "of what has moved all is found to be carried",
                        () ->
                                one.counters().get(Count.CATCH_UPS_NEEDLESS)
                                                + two.counters().get(Count.CATCH_UPS_NEEDLESS)
                                        >= moved,
                        () -> one.counters().snapshot() + " " + two.counters().snapshot());
            }
            awaitAlone(one, AB, pairs);
            assertThat(requests(exchange, "/api/v3/depth")).isEqualTo(PAIRS);
            assertThat(requests(exchange, "/api/v3/klines")).isEqualTo(PAIRS);
            assertThat(tape.values(topics.gaps())).isEmpty();
            assertThat(tape.values(topics.instruments())).hasSize(PAIRS);
        }
    }

    @Test
    void whoJoinsAndWhoLeavesMovesPairsOfAnOnlyLineWithoutLosingAnEvent() throws Exception {
        SimulatedExchange exchange = exchange();
        Set<Instrument> pairs = pairs(exchange);
        try (Ingestor one = ingestor(exchange, "one", A)) {
            awaitAlone(one, A, pairs);
            try (Ingestor two = ingestor(exchange, "two", A)) {
                awaitShared(one, two, A, pairs);
                long published = two.counters().get(Count.PUBLISHED);
                Await.until(
                        "the second brings events",
                        () -> two.counters().get(Count.PUBLISHED) > published + 100);
            }
            awaitAlone(one, A, pairs);
            long published = one.counters().get(Count.PUBLISHED);
            Await.until(
                    "the first brings events",
                    () -> one.counters().get(Count.PUBLISHED) > published + 100);
            exchange.close();
            Await.until(
                    "the connection's end is seen",
                    () -> one.counters().get(Count.DISCONNECTED) > 0);
        }
        Map<String, Set<String>> arrived = arrived();
        for (String symbol : exchange.symbols()) {
            for (String suffix : List.of("kline_1m", "ticker", "depth@100ms")) {
                String stream = symbol.toLowerCase(Locale.ROOT) + "@" + suffix;
                assertThat(arrived.getOrDefault(stream, Set.of()))
                        .as(stream)
                        .containsAll(
                                exchange.ledger().entries(stream).stream()
                                        .map(entry -> text(entry.payload()))
                                        .toList());
            }
        }
        assertThat(tape.values(topics.gaps())).isEmpty();
    }

    @Test
    void theShareOfOneThatIsKilledMovesAndTheLedgerTellsWhatNobodyCarried() throws Exception {
        try (SimulatedExchange exchange = exchange();
                Ingestor one = ingestor(exchange, "one", A)) {
            Set<Instrument> pairs = pairs(exchange);
            awaitAlone(one, A, pairs);
            Set<Instrument> moved = new HashSet<>(pairs);
            Instant killed = runAndKill(exchange, one, A);
            moved.removeAll(one.carried("a"));
            assertThat(moved).isNotEmpty();
            awaitAlone(one, A, pairs);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(12));
            Await.until(
                    "an entry for each pair that nobody carried",
                    () -> tape.values(topics.gaps()).size() >= moved.size(),
                    () -> one.counters().snapshot());
            List<Gap> gaps = tape.values(topics.gaps());
            assertThat(gaps)
                    .extracting(gap -> Instrument.parse(gap.getInstrument()))
                    .containsExactlyInAnyOrderElementsOf(moved);
            long killedUs = TimeUnit.MILLISECONDS.toMicros(killed.toEpochMilli());
            assertThat(gaps)
                    .allSatisfy(gap -> {
                        assertThat(gap.getKind()).isEqualTo(GapKind.GAP_KIND_TICKERS);
                        assertThat(gap.getOutcome()).isEqualTo(GapOutcome.GAP_OUTCOME_UNFILLABLE);
                        assertThat(gap.getCause()).isEqualTo("line a: no owner");
                        assertThat(gap.getFrom())
                                .isBetween(killedUs - 5_000_000, killedUs + 100_000);
                        assertThat(gap.getTo()).isGreaterThan(killedUs);
                    });
            Await.until(
                    "candles and a book of each pair that nobody carried",
                    () ->
                            requests(exchange, "/api/v3/klines") >= PAIRS + moved.size()
                                    && requests(exchange, "/api/v3/depth") >= PAIRS + moved.size(),
                    () -> one.counters().snapshot());
        }
    }

    @Test
    void ofOneThatIsKilledNothingIsMissingWhereAnotherLineCarriesThePair() throws Exception {
        try (SimulatedExchange exchange = exchange();
                Ingestor one = ingestor(exchange, "one", AB)) {
            Set<Instrument> pairs = pairs(exchange);
            awaitAlone(one, AB, pairs);
            runAndKill(exchange, one, AB);
            long before = one.counters().get(Count.CATCH_UPS_NEEDLESS);
            awaitAlone(one, AB, pairs);
            Await.until(
                    "what was not carried by one line was by the other",
                    () -> one.counters().get(Count.CATCH_UPS_NEEDLESS) >= before + 3L * PAIRS,
                    () -> one.counters().snapshot());
            assertThat(tape.values(topics.gaps())).isEmpty();
        }
    }

    /** Another process takes its share, and is killed; when. */
    private Instant runAndKill(SimulatedExchange exchange, Ingestor one, List<String> lines)
            throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledIngestor.class.getName(),
                                "victim",
                                kafka.bootstrap(),
                                prefix,
                                Integer.toString(PARTITIONS),
                                exchange.restUrl().toString(),
                                exchange.wsUrl().toString(),
                                String.join(",", lines))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            Await.until(
                    "the other has half of each line, and streams it",
                    () ->
                            lines.stream().allMatch(line -> one.carried(line).size() < PAIRS)
                                    && carriedByAll(exchange, lines.size()),
                    () -> exchange.connections() + " " + one.lines());
        } finally {
            victim.destroyForcibly();
        }
        Instant killed = Instant.now();
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return killed;
    }

    /** Whether each stream is subscribed so many times, by two processes at least. */
    private static boolean carriedByAll(SimulatedExchange exchange, int lines) {
        Map<String, Integer> times = new TreeMap<>();
        exchange.connections()
                .forEach(connection ->
                        connection
                                .streams()
                                .forEach(stream -> times.merge(stream, 1, Integer::sum)));
        return exchange.connections().size() >= 2 * lines
                && times.size() == 3 * PAIRS
                && times.values().stream().allMatch(count -> count == lines);
    }

    @Test
    void aRequestIsServedByOneOfTwoInstances() throws Exception {
        try (SimulatedExchange exchange = exchange();
                Ingestor one = ingestor(exchange, "one", A);
                Ingestor two = ingestor(exchange, "two", A)) {
            Set<Instrument> pairs = pairs(exchange);
            awaitShared(one, two, A, pairs);
            Await.until(
                    "each book was fetched",
                    () -> requests(exchange, "/api/v3/depth") >= PAIRS,
                    () -> one.counters().snapshot() + " " + two.counters().snapshot());
            long fetched = requests(exchange, "/api/v3/depth");
            for (Instrument pair : pairs) {
                tape.write(
                        topics.resync(),
                        pair.id(),
                        ResyncRequest.newBuilder()
                                .setInstrument(pair.id())
                                .setKind(ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT)
                                .setAfterUpdateId(1)
                                .build());
            }
            Await.until(
                    "all were served",
                    () -> requests(exchange, "/api/v3/depth") >= fetched + PAIRS,
                    () -> one.counters().snapshot() + " " + two.counters().snapshot());
            assertThat(one.counters().get(Count.RESYNCS)).isPositive();
            assertThat(two.counters().get(Count.RESYNCS)).isPositive();
            assertThat(one.counters().get(Count.RESYNCS) + two.counters().get(Count.RESYNCS))
                    .isEqualTo(PAIRS);
            assertThat(requests(exchange, "/api/v3/depth")).isEqualTo(fetched + PAIRS);
        }
    }

    @Test
    void aListingIsFollowedAHaltedPairStaysAndADelistedOneGoes() throws Exception {
        try (SimulatedExchange exchange = exchange();
                Ingestor one = ingestor(exchange, "one", AB)) {
            Set<Instrument> pairs = pairs(exchange);
            awaitAlone(one, AB, pairs);
            String halted = exchange.symbols().get(1);
            String delisted = exchange.symbols().get(2);
            exchange.faults()
                    .run(
                            FaultScript.parse(
                                    "0s list base=NEWCOIN quote=USDT\n"
                                            + "0s halt symbol="
                                            + halted
                                            + "\n0s delist symbol="
                                            + delisted));
            Set<Instrument> expected = new HashSet<>(pairs);
            expected.add(Instrument.binance("NEWCOINUSDT"));
            expected.remove(Instrument.binance(delisted));
            awaitAlone(one, AB, expected);
            Await.until(
                    "the new pair's events",
                    () -> tape.raw(topics.rawDepth()).containsKey("newcoinusdt@depth@100ms"),
                    () -> one.counters().snapshot());
            Map<String, InstrumentStatus> statuses = new TreeMap<>();
            tape.values(topics.instruments())
                    .forEach(entry -> statuses.put(entry.getInstrument(), entry.getStatus()));
            assertThat(statuses)
                    .containsEntry("binance:" + halted, InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                    .containsEntry(
                            "binance:" + delisted, InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                    .containsEntry(
                            "binance:NEWCOINUSDT", InstrumentStatus.INSTRUMENT_STATUS_TRADING);
            assertThat(tape.values(topics.instruments()))
                    .filteredOn(InstrumentInfo::getStreamed)
                    .extracting(InstrumentInfo::getInstrument)
                    .contains("binance:NEWCOINUSDT", "binance:" + halted);
        }
    }

    /** The payloads of each stream. */
    private Map<String, Set<String>> arrived() {
        Map<String, Set<String>> payloads = new TreeMap<>();
        List.of(topics.rawKlines(), topics.rawTickers(), topics.rawDepth())
                .forEach(topic ->
                        tape.raw(topic)
                                .forEach((stream, records) ->
                                        records.forEach(record ->
                                                payloads.computeIfAbsent(
                                                                stream, _ -> new TreeSet<>())
                                                        .add(text(record.payload())))));
        return payloads;
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static long requests(SimulatedExchange exchange, String path) {
        return exchange.requests().entries().stream()
                .filter(entry -> entry.target().startsWith(path + "?"))
                .count();
    }
}
