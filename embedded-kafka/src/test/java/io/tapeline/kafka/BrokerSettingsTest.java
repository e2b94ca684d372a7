package io.tapeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
    private static final BrokerSettings DEFAULTS = BrokerSettings.in(Path.of("data"));
    private static final BrokerTls TLS =
            new BrokerTls(Path.of("server.p12"), "hidden", Path.of("server.pem"));

    @Test
    void listensOnLoopbackAtAnyPortUnlessToldOtherwise() {
        assertThat(DEFAULTS)
                .isEqualTo(
                        new BrokerSettings(
                                Path.of("data").toAbsolutePath(),
                                "127.0.0.1",
                                0,
                                Duration.ofMinutes(2),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void everySettingCanBeSetToSomethingElse() {
        assertThat(
                        DEFAULTS.withHost("10.0.0.7")
                                .withPort(9092)
                                .withStartTimeout(Duration.ofSeconds(9))
                                .withOverrides(Map.of("num.io.threads", "8"))
                                .withLogin(new BrokerLogin("tapeline", "secret"))
                                .withTls(TLS))
                .isEqualTo(
                        new BrokerSettings(
                                Path.of("data").toAbsolutePath(),
                                "10.0.0.7",
                                9092,
                                Duration.ofSeconds(9),
                                Map.of("num.io.threads", "8"),
                                Optional.of(new BrokerLogin("tapeline", "secret")),
                                Optional.of(TLS)));
    }

    @Test
    void clientsAreToldWhatTheBrokerAsksOfThem() {
        BrokerSettings login = DEFAULTS.withLogin(new BrokerLogin("tapeline", "secret"));
        assertThat(DEFAULTS.clientProperties()).isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
        assertThat(login.clientProperties())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "PLAIN")
                .hasSize(3);
        assertThat(DEFAULTS.withTls(TLS).clientProperties())
                .isEqualTo(
                        Map.of(
                                "security.protocol", "SSL",
                                "ssl.truststore.location", "server.pem",
                                "ssl.truststore.type", "PEM"));
        assertThat(login.withTls(TLS).clientProperties())
                .containsEntry("security.protocol", "SASL_SSL")
                .hasSize(5);
        assertThat(login.withTls(TLS)).asString().doesNotContain("secret").doesNotContain("hidden");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withPort(65_536))
                .withMessage("BrokerSettings.port must be 0 to 65535, got 65536");
    }

    @Test
    void refusesAHostThatIsAListOfListeners() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withHost("a:1,PLAINTEXT://b"))
                .withMessage(
                        "BrokerSettings.host must be one host name or address, got"
                                + " \"a:1,PLAINTEXT://b\"");
    }

    @Test
    void refusesATimeoutThatLeavesNoTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withStartTimeout(Duration.ZERO))
                .withMessage("BrokerSettings.startTimeout must be positive, got PT0S");
    }

    @Test
    void refusesAnOverrideThatKafkaDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withOverrides(Map.of("num.io.thread", "8")))
                .withMessage(
                        "BrokerSettings.overrides names no broker property of Kafka:"
                                + " [num.io.thread]");
    }

    @Test
    void refusesAnOverrideOfWhatTheBrokerSetsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DEFAULTS.withOverrides(
                                Map.of("log.dirs", "/elsewhere", "listeners", "PLAINTEXT://:1")))
                .withMessage(
                        "BrokerSettings.overrides may not set what the embedded broker sets itself:"
                                + " [listeners, log.dirs]");
    }

    @Test
    void anOverrideReplacesADefault() {
        InetSocketAddress client = new InetSocketAddress("127.0.0.1", 9092);
        InetSocketAddress controller = new InetSocketAddress("127.0.0.1", 40_001);
        BrokerSettings settings = DEFAULTS.withOverrides(Map.of("num.io.threads", "8"));

        assertThat(BrokerProperties.of(settings, Path.of("/data/log"), client, controller))
                .containsEntry("num.io.threads", "8")
                .containsEntry("num.network.threads", "2")
                .containsEntry("log.dirs", "/data/log")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:40001")
                .containsEntry(
                        "listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:40001")
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:9092");
    }
}
