package io.tapeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir private Path temp;

    @Test
    void recordsTopicsAndClusterIdSurviveARestart() throws Exception {
        String clusterId;
        try (EmbeddedBroker first = started(BrokerSettings.in(temp))) {
            clusterId = first.clusterId();
            Records records = new Records(first.bootstrap());
            records.createTopic("kept");
            records.produce("kept", List.of("a", "b", "c"));
        }
        try (EmbeddedBroker second = started(BrokerSettings.in(temp))) {
            assertThat(second.clusterId()).isEqualTo(clusterId);
            assertThat(new Records(second.bootstrap()).read("kept", 3))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillOfTheProcess() throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledBroker.class.getName(),
                                temp.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(
                            victim.inputReader()
                                    .lines()
                                    .filter(KilledBroker.ACKNOWLEDGED::equals)
                                    .findFirst())
                    .isPresent();
            assertThatExceptionOfType(DirectoryInUseException.class)
                    .isThrownBy(() -> started(BrokerSettings.in(temp)))
                    .withMessageContaining("process " + victim.pid());
        } finally {
            victim.destroyForcibly();
            assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (EmbeddedBroker broker = started(BrokerSettings.in(temp))) {
            assertThat(new Records(broker.bootstrap()).read(KilledBroker.TOPIC, 3))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void anotherBrokerOverTheDirectoryTakesTheSamePortIfItIsFree() throws Exception {
        String before;
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(temp))) {
            broker.start();
            before = broker.bootstrap();
        }
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(temp))) {
            broker.start();
            assertThat(broker.bootstrap()).isEqualTo(before);
        }
        int port = Integer.parseInt(before.substring(before.lastIndexOf(':') + 1));
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(temp))) {
            broker.start();
            assertThat(broker.bootstrap()).isNotEqualTo(before);
        }
    }

    @Test
    void aSecondBrokerOverTheSameDirectoryIsRefused() throws Exception {
        try (EmbeddedBroker first = started(BrokerSettings.in(temp))) {
            EmbeddedBroker second = new EmbeddedBroker(BrokerSettings.in(temp));
            assertThatExceptionOfType(DirectoryInUseException.class).isThrownBy(second::start);
            assertThat(second.isRunning()).isFalse();
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void startAndCloseDoNothingTheSecondTimeAndTheAddressStays() throws Exception {
        EmbeddedBroker broker = started(BrokerSettings.in(temp));
        String bootstrap = broker.bootstrap();
        broker.start();
        assertThat(broker.bootstrap()).isEqualTo(bootstrap);
        broker.close();
        broker.close();
        assertThatIllegalStateException()
                .isThrownBy(broker::bootstrap)
                .withMessageContaining(temp.toString());

        try (broker) {
            broker.start();
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
        }
    }

    @Test
    void aPortInUseIsSaidAndLeavesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker broker =
                    new EmbeddedBroker(BrokerSettings.in(temp).withPort(taken.getLocalPort()));
            assertThatIOException()
                    .isThrownBy(broker::start)
                    .withMessageContaining("cannot listen on")
                    .withMessageContaining(":" + taken.getLocalPort());
        }
        started(BrokerSettings.in(temp)).close();
    }

    @Test
    void anOverrideThatKafkaRefusesFailsTheStartAndLeavesTheDirectoryFree() throws Exception {
        EmbeddedBroker broker =
                new EmbeddedBroker(
                        BrokerSettings.in(temp).withOverrides(Map.of("num.io.threads", "none")));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(broker::start)
                .withMessageContaining("num.io.threads");
        started(BrokerSettings.in(temp)).close();
    }

    @Test
    void aNodeThatFailsWhileStartingIsUnwoundAndTheProcessLivesOn() throws Exception {
        started(BrokerSettings.in(temp)).close();
        Path metadata = temp.resolve("log").resolve("__cluster_metadata-0");
        Path aside = Files.move(metadata, temp.resolve("aside"));
        Files.writeString(metadata, "a file where a directory must be");

        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(temp));
        assertThatExceptionOfType(Exception.class).isThrownBy(broker::start);
        assertThat(broker.isRunning()).isFalse();

        Files.delete(metadata);
        Files.move(aside, metadata);
        started(BrokerSettings.in(temp)).close();
    }

    @Test
    void aCommittedTransactionIsReadAndAnAbortedOneIsNot() throws Exception {
        try (EmbeddedBroker broker = started(BrokerSettings.in(temp))) {
            Records records = new Records(broker.bootstrap());
            records.createTopic("transactional");
            records.produceInTransaction("transactional", List.of("lost"), Records.Outcome.ABORTED);
            records.produceInTransaction(
                    "transactional", List.of("kept"), Records.Outcome.COMMITTED);

            assertThat(records.read("transactional", 1)).containsExactly("kept");
        }
    }

    private static EmbeddedBroker started(BrokerSettings settings) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(settings);
        broker.start();
        return broker;
    }
}
