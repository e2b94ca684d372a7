package io.tapeline.standalone;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault of what Binance answers when it is asked and of what it lists (EXCHANGES A.8), and of
 * the other venues (EXCHANGES B, C), as {@link FaultSuite} has it.
 */
@KafkaTest
class AnswerFaultsIT {

    private final KafkaCluster kafka;

    @TempDir Path dir;

    AnswerFaultsIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    static List<FaultScenario> scenarios() {
        return List.of(
                FaultScenario.of(
                        "A.8.9", "stale-snapshot", "0s stale-snapshot count=3", "500ms drop-all"),
                FaultScenario.of(
                        "A.8.9",
                        "snapshot-ahead",
                        "0s snapshot-ahead by=700ms for=4s",
                        "500ms drop-all"),
                FaultScenario.of(
                        "A.8.9", "quiet", "0s quiet symbol=PAIR1 for=6s", "500ms drop-all"),
                FaultScenario.of(
                        "A.8.10", "weight-limit", "0s weight-limit for=8s", "100ms drop-all"),
                FaultScenario.of("A.8.10", "ban", "0s ban for=6s", "100ms drop-all"),
                FaultScenario.of("A.8.11", "html-403", "0s html-403 for=5s", "100ms drop-all"),
                FaultScenario.of(
                        "A.8.11",
                        "server-error",
                        "0s server-error status=503 for=5s",
                        "100ms drop-all"),
                FaultScenario.of(
                        "A.8.11",
                        "timeout",
                        "0s timeout after=10s then=never for=5s",
                        "100ms drop-all"),
                FaultScenario.of(
                        "A.8.10", "weight-burn", "0s weight-burn weight=4000", "100ms drop-all"),
                FaultScenario.of("A.8.13", "list beyond ASCII", "0s list base=币安人生 quote=USDT"),
                FaultScenario.of("A.8.14", "list", "0s list base=FRESH quote=USDT"),
                FaultScenario.of(
                        "A.8.14", "halt", "0s halt symbol=PAIR1", "4s resume symbol=PAIR1"),
                FaultScenario.of(
                        "A.8.14",
                        "cancel-only",
                        "0s cancel-only symbol=PAIR2",
                        "4s resume symbol=PAIR2"),
                FaultScenario.of(
                        "A.8.14",
                        "break and delist",
                        "0s break symbol=PAIR3",
                        "3s delist symbol=PAIR3"),
                FaultScenario.of("B", "deribit-close", "0s deribit-close how=close"),
                FaultScenario.of("B", "deribit-close by reset", "0s deribit-close how=reset"),
                FaultScenario.of("B", "deribit-half-open", "0s deribit-half-open"),
                FaultScenario.of("B", "deribit-stall", "0s deribit-stall for=8s"),
                FaultScenario.of(
                        "B",
                        "deribit-refuse",
                        "0s deribit-refuse count=2",
                        "100ms deribit-close how=reset"),
                FaultScenario.of(
                        "B",
                        "deribit-maintenance",
                        "0s deribit-maintenance count=1",
                        "100ms deribit-close how=reset"),
                FaultScenario.of("B", "deribit-no-heartbeat", "0s deribit-no-heartbeat for=32s"),
                FaultScenario.of(
                        "C", "coingecko-error 429", "0s coingecko-error status=429 count=1"),
                FaultScenario.of(
                        "C", "coingecko-error 1020", "0s coingecko-error status=1020 count=2"),
                FaultScenario.of(
                        "C", "coingecko-error 503", "0s coingecko-error status=503 count=2"),
                FaultScenario.of("C", "coingecko-unchanged", "0s coingecko-unchanged for=5s"),
                FaultScenario.of("C", "coingecko-nulls", "0s coingecko-nulls coin=bitcoin for=5s"));
    }

    @TestFactory
    Stream<DynamicNode> nothing_is_missing_after_a_fault_of_answers_listings_or_another_venue()
            throws Exception {
        return FaultSuite.of(kafka, dir, _ -> scenarios());
    }
}
