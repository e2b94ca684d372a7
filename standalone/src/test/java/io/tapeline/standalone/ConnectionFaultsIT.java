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
 * Each fault of Binance's connections, of what they carry and of what is subscribed on them
 * (EXCHANGES A.8), as {@link FaultSuite} has it.
 */
@KafkaTest
class ConnectionFaultsIT {

    private final KafkaCluster kafka;

    @TempDir Path dir;

    ConnectionFaultsIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    static List<FaultScenario> scenarios(long seed) {
        String seeded = " seed=" + seed;
        return List.of(
                FaultScenario.of(
                        "A.8.1", "lifetime", "0s lifetime connection=all after=1500ms for=5s"),
                FaultScenario.of(
                        "A.8.2",
                        "server-shutdown",
                        "0s server-shutdown connection=all within=2s" + seeded),
                FaultScenario.ofOneLine(
                        "A.8.3", "ping-timeout", "0s ping-timeout connection=oldest for=6s"),
                FaultScenario.of("A.8.3", "no-pings", "0s no-pings connection=all for=5s"),
                FaultScenario.of(
                        "A.8.6",
                        "refuse-connects",
                        "0s refuse-connects status=503 for=3s",
                        "100ms drop-all"),
                FaultScenario.ofOneLine(
                        "A.8.7",
                        "stall of a stream",
                        "0s stall stream=*@ticker connection=newest for=6s"),
                FaultScenario.ofOneLine(
                        "A.8.7", "stall of a connection", "0s stall connection=newest for=6s"),
                FaultScenario.of("A.8.7", "stall of everything", "0s stall connection=all for=6s"),
                FaultScenario.ofOneLine(
                        "A.8.8",
                        "gap on one line",
                        "0s gap connection=newest chance=20 for=3s" + seeded),
                FaultScenario.of(
                        "A.8.8",
                        "gap on every line",
                        "0s gap connection=all stream=*@depth* chance=10 for=3s" + seeded),
                FaultScenario.of(
                        "A.8.8",
                        "duplicate",
                        "0s duplicate connection=all chance=50 for=3s" + seeded),
                FaultScenario.of(
                        "A.8.8",
                        "reorder across lines",
                        "0s reorder connection=newest window=5 for=3s" + seeded,
                        "0s delay connection=oldest by=400ms for=3s"),
                FaultScenario.of(
                        "A.8.16", "missing-close", "0s missing-close connection=all for=4s"),
                FaultScenario.of("A.8.17", "huge-frame", "0s huge-frame stream=*@depth* for=2s"),
                FaultScenario.ofOneLine(
                        "A.8.18", "half-open", "0s half-open connection=oldest for=7s"),
                FaultScenario.of(
                        "A.8.18", "half-open everywhere", "0s half-open connection=all for=7s"),
                FaultScenario.of(
                        "A.8.19", "late-ack", "0s late-ack by=2s for=5s", "100ms drop-all"),
                FaultScenario.of("A.8.19", "no-ack", "0s no-ack count=2", "100ms drop-all"),
                FaultScenario.of(
                        "A.8.19", "partial-ack", "0s partial-ack keep=1 count=2", "100ms drop-all"),
                FaultScenario.of(
                        "A.8.19",
                        "error-answer wrapped",
                        "0s error-answer shape=wrapped count=2",
                        "100ms drop-all"),
                FaultScenario.of(
                        "A.8.19",
                        "error-answer plain",
                        "0s error-answer shape=plain count=2",
                        "100ms drop-all"),
                FaultScenario.ofOneLine("A.8.20", "drop", "0s drop connection=newest how=reset"),
                FaultScenario.of("A.8.20", "drop-all by reset", "0s drop-all how=reset"),
                FaultScenario.of("A.8.20", "drop-all by close", "0s drop-all how=close"),
                FaultScenario.ofOneLine(
                        "A.8.8", "slow", "0s slow connection=newest rate=20000 for=4s"));
    }

    @TestFactory
    Stream<DynamicNode> nothing_is_missing_after_a_fault_of_a_connection_or_its_streams()
            throws Exception {
        return FaultSuite.of(kafka, dir, ConnectionFaultsIT::scenarios);
    }
}
