package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultKind;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the simulated exchanges (EXCHANGES A.8, B, C), by its name, one after the other
 * against the same two ingestors with two lines each, a real broker and an aggregator. After each:
 * what the exchange wrote to sockets is in the raw topics or explained by the ledger of gaps;
 * candles and books are Binance's; every stream of every line flows again; and the exchange has no
 * breach of its limits to complain of.
 */
@KafkaTest
class FaultSuiteIT {

    /**
     * @param rule where EXCHANGES has it
     * @param survived whether one line at most is hurt, so that the other brings everything
     * @param faults lines of a fault script, all injected together
     */
    private record Scenario(String rule, String name, boolean survived, List<String> faults) {

        static Scenario of(String rule, String name, String... faults) {
            return new Scenario(rule, name, false, List.of(faults));
        }

        static Scenario ofOneLine(String rule, String name, String... faults) {
            return new Scenario(rule, name, true, List.of(faults));
        }

        /** By their names in scripts. */
        Stream<String> names() {
            return faults.stream().map(line -> line.split(" ")[1]);
        }
    }

    /** Those that hold something back or change it, of which the simulator counts no strikes. */
    private static final Set<String> WITHOUT_STRIKES =
            Set.of("deribit-no-heartbeat", "coingecko-unchanged", "coingecko-nulls");

    private final KafkaCluster kafka;

    @TempDir Path dir;

    FaultSuiteIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    private static List<Scenario> scenarios(long seed) {
        String seeded = " seed=" + seed;
        return List.of(
                Scenario.of("A.8.1", "lifetime", "0s lifetime connection=all after=1500ms for=5s"),
                Scenario.of(
                        "A.8.2",
                        "server-shutdown",
                        "0s server-shutdown connection=all within=2s" + seeded),
                Scenario.ofOneLine(
                        "A.8.3", "ping-timeout", "0s ping-timeout connection=oldest for=6s"),
                Scenario.of("A.8.3", "no-pings", "0s no-pings connection=all for=5s"),
                Scenario.of(
                        "A.8.6",
                        "refuse-connects",
                        "0s refuse-connects status=503 for=3s",
                        "100ms drop-all"),
                Scenario.ofOneLine(
                        "A.8.7",
                        "stall of a stream",
                        "0s stall stream=*@ticker connection=newest for=6s"),
                Scenario.ofOneLine(
                        "A.8.7", "stall of a connection", "0s stall connection=newest for=6s"),
                Scenario.of("A.8.7", "stall of everything", "0s stall connection=all for=6s"),
                Scenario.ofOneLine(
                        "A.8.8",
                        "gap on one line",
                        "0s gap connection=newest chance=20 for=3s" + seeded),
                Scenario.of(
                        "A.8.8",
                        "gap on every line",
                        "0s gap connection=all stream=*@depth* chance=10 for=3s" + seeded),
                Scenario.of(
                        "A.8.8",
                        "duplicate",
                        "0s duplicate connection=all chance=50 for=3s" + seeded),
                Scenario.of(
                        "A.8.8",
                        "reorder across lines",
                        "0s reorder connection=newest window=5 for=3s" + seeded,
                        "0s delay connection=oldest by=400ms for=3s"),
                Scenario.of(
                        "A.8.9", "stale-snapshot", "0s stale-snapshot count=3", "500ms drop-all"),
                Scenario.of(
                        "A.8.9",
                        "snapshot-ahead",
                        "0s snapshot-ahead by=700ms for=4s",
                        "500ms drop-all"),
                Scenario.of("A.8.9", "quiet", "0s quiet symbol=PAIR1 for=6s", "500ms drop-all"),
                Scenario.of("A.8.10", "weight-limit", "0s weight-limit for=8s", "100ms drop-all"),
                Scenario.of("A.8.10", "ban", "0s ban for=6s", "100ms drop-all"),
                Scenario.of("A.8.11", "html-403", "0s html-403 for=5s", "100ms drop-all"),
                Scenario.of(
                        "A.8.11",
                        "server-error",
                        "0s server-error status=503 for=5s",
                        "100ms drop-all"),
                Scenario.of(
                        "A.8.11",
                        "timeout",
                        "0s timeout after=10s then=never for=5s",
                        "100ms drop-all"),
                Scenario.of(
                        "A.8.10", "weight-burn", "0s weight-burn weight=4000", "100ms drop-all"),
                Scenario.of("A.8.13", "list beyond ASCII", "0s list base=币安人生 quote=USDT"),
                Scenario.of("A.8.14", "list", "0s list base=FRESH quote=USDT"),
                Scenario.of("A.8.14", "halt", "0s halt symbol=PAIR1", "4s resume symbol=PAIR1"),
                Scenario.of(
                        "A.8.14",
                        "cancel-only",
                        "0s cancel-only symbol=PAIR2",
                        "4s resume symbol=PAIR2"),
                Scenario.of(
                        "A.8.14",
                        "break and delist",
                        "0s break symbol=PAIR3",
                        "3s delist symbol=PAIR3"),
                Scenario.of("A.8.16", "missing-close", "0s missing-close connection=all for=4s"),
                Scenario.of("A.8.17", "huge-frame", "0s huge-frame stream=*@depth* for=2s"),
                Scenario.ofOneLine("A.8.18", "half-open", "0s half-open connection=oldest for=7s"),
                Scenario.of("A.8.18", "half-open everywhere", "0s half-open connection=all for=7s"),
                Scenario.of("A.8.19", "late-ack", "0s late-ack by=2s for=5s", "100ms drop-all"),
                Scenario.of("A.8.19", "no-ack", "0s no-ack count=2", "100ms drop-all"),
                Scenario.of(
                        "A.8.19", "partial-ack", "0s partial-ack keep=1 count=2", "100ms drop-all"),
                Scenario.of(
                        "A.8.19",
                        "error-answer wrapped",
                        "0s error-answer shape=wrapped count=2",
                        "100ms drop-all"),
                Scenario.of(
                        "A.8.19",
                        "error-answer plain",
                        "0s error-answer shape=plain count=2",
                        "100ms drop-all"),
                Scenario.ofOneLine("A.8.20", "drop", "0s drop connection=newest how=reset"),
                Scenario.of("A.8.20", "drop-all by reset", "0s drop-all how=reset"),
                Scenario.of("A.8.20", "drop-all by close", "0s drop-all how=close"),
                Scenario.ofOneLine("A.8.8", "slow", "0s slow connection=newest rate=20000 for=4s"),
                Scenario.of("B", "deribit-close", "0s deribit-close how=close"),
                Scenario.of("B", "deribit-close by reset", "0s deribit-close how=reset"),
                Scenario.of("B", "deribit-half-open", "0s deribit-half-open"),
                Scenario.of("B", "deribit-stall", "0s deribit-stall for=8s"),
                Scenario.of(
                        "B",
                        "deribit-refuse",
                        "0s deribit-refuse count=2",
                        "100ms deribit-close how=reset"),
                Scenario.of(
                        "B",
                        "deribit-maintenance",
                        "0s deribit-maintenance count=1",
                        "100ms deribit-close how=reset"),
                Scenario.of("B", "deribit-no-heartbeat", "0s deribit-no-heartbeat for=32s"),
                Scenario.of("C", "coingecko-error 429", "0s coingecko-error status=429 count=1"),
                Scenario.of("C", "coingecko-error 1020", "0s coingecko-error status=1020 count=2"),
                Scenario.of("C", "coingecko-error 503", "0s coingecko-error status=503 count=2"),
                Scenario.of("C", "coingecko-unchanged", "0s coingecko-unchanged for=5s"),
                Scenario.of("C", "coingecko-nulls", "0s coingecko-nulls coin=bitcoin for=5s"));
    }

    @TestFactory
    Stream<DynamicNode> after_each_fault_nothing_is_missing_and_no_limit_is_broken()
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        FaultyMarket market =
                FaultyMarket.start(
                        kafka,
                        dir,
                        seed,
                        Limits.real().withPings(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                        List.of("one", "two"),
                        List.of("a", "b"),
                        Map.of());
        List<DynamicTest> faults =
                scenarios(new Random(seed).nextInt(1, 1_000_000)).stream()
                        .map(scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.rule + " " + scenario.name,
                                        () -> run(market, scenario)))
                        .toList();
        return Stream.of(
                DynamicContainer.dynamicContainer("faults", faults),
                DynamicTest.dynamicTest("the end", market::close));
    }

    @Test
    void every_fault_that_the_exchange_knows_is_in_the_suite() {
        assertThat(scenarios(1).stream().flatMap(Scenario::names).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(FaultKind.names());
    }

    private static void run(FaultyMarket market, Scenario scenario) throws Exception {
        long begun = System.nanoTime();
        market.suffer(scenario.faults());
        market.awaitFlow();
        SentAndKept.Verdict verdict = market.judgeTape();
        market.awaitBooksAndCandles();
        List<ActiveFault.Report> reports = market.suffered();
        System.out.printf(
                "%s %s: %s, strikes %s, %d ms%n",
                scenario.rule,
                scenario.name,
                verdict,
                reports.stream().map(ActiveFault.Report::strikes).toList(),
                (System.nanoTime() - begun) / 1_000_000);
        assertThat(reports)
                .extracting(ActiveFault.Report::name)
                .containsExactlyInAnyOrderElementsOf(scenario.names().toList());
        assertThat(reports)
                .filteredOn(report -> !WITHOUT_STRIKES.contains(report.name()))
                .as("faults that struck nobody")
                .noneMatch(report -> report.strikes() == 0);
        if (scenario.survived) {
            assertThat(verdict.explained()).as("events that neither line brought").isZero();
        }
        assertThat(market.newBreaches()).as("breaches of the exchange's limits").isEmpty();
    }
}
