package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.topology.Flow;
import io.tapeline.chaos.judge.SentAndKept;
import io.tapeline.exchange.Limits;
import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.kafka.test.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Faults of the simulated exchanges (EXCHANGES A.8, B, C), by their names, one after the other
 * against the same two ingestors with two lines each, a real broker and an aggregator. After each:
 * what the exchange wrote to sockets is in the raw topics or explained by the ledger of gaps;
 * candles and books are Binance's; every stream of every line flows again; and the exchange has no
 * breach of its limits to complain of.
 */
final class FaultSuite {

    /** Those that hold something back or change it, of which the simulator counts no strikes. */
    private static final Set<String> WITHOUT_STRIKES =
            Set.of("deribit-no-heartbeat", "coingecko-unchanged", "coingecko-nulls");

    private FaultSuite() {}

    /**
     * Begins the market that the tests go on with and the last of them ends.
     *
     * @param scenarios by the seed of those of their faults that strike by chance
     */
    static Stream<DynamicNode> of(
            KafkaCluster kafka, Path dir, LongFunction<List<FaultScenario>> scenarios)
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
                scenarios.apply(new Random(seed).nextInt(1, 1_000_000)).stream()
                        .map(scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.rule() + " " + scenario.name(),
                                        () -> run(market, scenario)))
                        .toList();
        return Stream.of(
                DynamicContainer.dynamicContainer("faults", faults),
                DynamicTest.dynamicTest(
                        "books agreed with what the exchange showed of them all the while",
                        () -> {
                            System.out.printf(
                                    "audit: %d equal, %d not comparable, %d passed over%n",
                                    market.count(Flow.AUDIT_EQUAL),
                                    market.count(Flow.AUDIT_NOT_COMPARABLE),
                                    market.count(Flow.AUDIT_PASSED_OVER));
                            assertThat(market.count(Flow.AUDIT_EQUAL)).isGreaterThan(300);
                        }),
                DynamicTest.dynamicTest("the end", market::close));
    }

    private static void run(FaultyMarket market, FaultScenario scenario) throws Exception {
        long begun = System.nanoTime();
        market.suffer(scenario.faults());
        market.awaitFlow();
        SentAndKept.Verdict verdict = market.judgeTape();
        market.awaitBooksAndCandles();
        List<ActiveFault.Report> reports = market.suffered();
        System.out.printf(
                "%s %s: %s, strikes %s, %d ms%n",
                scenario.rule(),
                scenario.name(),
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
        if (scenario.survived()) {
            assertThat(verdict.explained()).as("events that neither line brought").isZero();
        }
        assertThat(market.count(Flow.AUDIT_FAULTS))
                .as("books that the exchange contradicts")
                .isZero();
        assertThat(market.newBreaches()).as("breaches of the exchange's limits").isEmpty();
    }
}
