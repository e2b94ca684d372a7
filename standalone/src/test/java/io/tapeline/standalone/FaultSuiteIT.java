package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the simulated exchange (EXCHANGES A.8), by its name, one after the other against
 * the same two ingestors with two lines each, a real broker and an aggregator. After each: what the
 * exchange wrote to sockets is in the raw topics or explained by the ledger of gaps; candles and
 * books are the exchange's; every stream of every line flows again; and the exchange has no breach
 * of its limits to complain of.
 */
@KafkaTest
class FaultSuiteIT {

    /**
     * @param rule number of EXCHANGES A.8
     * @param faults lines of a fault script, all injected together
     */
    private record Scenario(String rule, String name, List<String> faults) {

        static Scenario of(String rule, String name, String... faults) {
            return new Scenario(rule, name, List.of(faults));
        }
    }

    private final KafkaCluster kafka;

    @TempDir Path dir;

    FaultSuiteIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    private static List<Scenario> scenarios(long seed) {
        String seeded = " seed=" + seed;
        return List.of(
                Scenario.of("1", "lifetime", "0s lifetime connection=all after=1500ms for=5s"),
                Scenario.of(
                        "2",
                        "server-shutdown",
                        "0s server-shutdown connection=all within=2s" + seeded),
                Scenario.of("3", "ping-timeout", "0s ping-timeout connection=oldest for=6s"),
                Scenario.of("3", "no-pings", "0s no-pings connection=all for=5s"),
                Scenario.of(
                        "6",
                        "refuse-connects",
                        "0s refuse-connects status=429 for=3s",
                        "100ms drop-all"),
                Scenario.of(
                        "7",
                        "stall of a stream",
                        "0s stall stream=*@ticker connection=newest for=8s"),
                Scenario.of("7", "stall of a connection", "0s stall connection=newest for=8s"),
                Scenario.of("7", "stall of everything", "0s stall connection=all for=8s"),
                Scenario.of(
                        "8",
                        "gap on one line",
                        "0s gap connection=newest chance=20 for=3s" + seeded),
                Scenario.of(
                        "8",
                        "gap on every line",
                        "0s gap connection=all stream=*@depth* chance=10 for=3s" + seeded),
                Scenario.of(
                        "8", "duplicate", "0s duplicate connection=all chance=50 for=3s" + seeded),
                Scenario.of(
                        "8",
                        "reorder across lines",
                        "0s reorder connection=newest window=5 for=3s" + seeded,
                        "0s delay connection=oldest by=400ms for=3s"),
                Scenario.of("9", "stale-snapshot", "0s stale-snapshot count=8", "500ms drop-all"),
                Scenario.of(
                        "9",
                        "snapshot-ahead",
                        "0s snapshot-ahead by=700ms for=4s",
                        "500ms drop-all"),
                Scenario.of("9", "quiet", "0s quiet symbol=PAIR1 for=6s", "500ms drop-all"),
                Scenario.of("10", "weight-burn", "0s weight-burn weight=4000", "100ms drop-all"),
                Scenario.of("10", "weight-limit", "0s weight-limit for=2s", "100ms drop-all"),
                Scenario.of("10", "ban", "0s ban for=4s", "100ms drop-all"),
                Scenario.of("11", "html-403", "0s html-403 for=3s", "100ms drop-all"),
                Scenario.of(
                        "11",
                        "server-error",
                        "0s server-error status=503 for=3s",
                        "100ms drop-all"),
                Scenario.of(
                        "11",
                        "timeout",
                        "0s timeout after=10s then=never for=4s",
                        "100ms drop-all"),
                Scenario.of("13", "list beyond ASCII", "0s list base=币安人生 quote=USDT"),
                Scenario.of("14", "list", "0s list base=FRESH quote=USDT"),
                Scenario.of("14", "halt", "0s halt symbol=PAIR1", "4s resume symbol=PAIR1"),
                Scenario.of(
                        "14",
                        "cancel-only",
                        "0s cancel-only symbol=PAIR2",
                        "4s resume symbol=PAIR2"),
                Scenario.of(
                        "14",
                        "break and delist",
                        "0s break symbol=PAIR3",
                        "3s delist symbol=PAIR3"),
                Scenario.of("16", "missing-close", "0s missing-close connection=all for=4s"),
                Scenario.of("17", "huge-frame", "0s huge-frame stream=*@depth* for=2s"),
                Scenario.of("18", "half-open", "0s half-open connection=oldest for=12s"),
                Scenario.of("18", "half-open everywhere", "0s half-open connection=all for=12s"),
                Scenario.of("19", "late-ack", "0s late-ack by=2s for=5s", "100ms drop-all"),
                Scenario.of("19", "no-ack", "0s no-ack count=2", "100ms drop-all"),
                Scenario.of("19", "partial-ack", "0s partial-ack keep=1 count=2", "100ms drop-all"),
                Scenario.of(
                        "19",
                        "error-answer wrapped",
                        "0s error-answer shape=wrapped count=2",
                        "100ms drop-all"),
                Scenario.of(
                        "19",
                        "error-answer plain",
                        "0s error-answer shape=plain count=2",
                        "100ms drop-all"),
                Scenario.of("20", "drop-all by reset", "0s drop-all how=reset"),
                Scenario.of("20", "drop-all by close", "0s drop-all how=close"),
                Scenario.of("8", "slow", "0s slow connection=newest rate=20000 for=4s"));
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
                                        "A.8." + scenario.rule + " " + scenario.name,
                                        () -> run(market, scenario)))
                        .toList();
        return Stream.of(
                DynamicContainer.dynamicContainer("faults", faults),
                DynamicTest.dynamicTest("the end", market::close));
    }

    private static void run(FaultyMarket market, Scenario scenario) throws Exception {
        long begun = System.nanoTime();
        market.suffer(scenario.faults());
        market.awaitFlow();
        SentAndKept.Verdict verdict = market.judgeTape();
        market.awaitBooksAndCandles();
        System.out.printf(
                "A.8.%s %s: %s, %d ms%n",
                scenario.rule, scenario.name, verdict, (System.nanoTime() - begun) / 1_000_000);
        assertThat(market.breaches()).as("breaches of the exchange's limits").isEmpty();
    }
}
