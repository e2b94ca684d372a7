package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.aggregator.AggregatorApplication;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.kafka.BrokerLogin;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.BrokerTls;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.kafka.test.TestCertificate;
import io.tapeline.query.QueryApiApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

/**
 * A Kafka that shows a certificate and asks who comes: every client of all three services is told
 * whom to trust and what name to say by {@code tapeline.kafka.properties}, and the tape gets from
 * the exchange to the answers. Who trusts another, or says another name, gets nothing and is told
 * why.
 */
class KafkaWithNamesIT {

    private static final BrokerLogin LOGIN = new BrokerLogin("tapeline", "secret7");
    private static final String TRUSTED = "ssl.truststore.location";
    private static final String NAME = "sasl.jaas.config";

    @TempDir Path dir;

    @Test
    void every_client_of_all_services_says_its_name_over_tls() throws Exception {
        TestCertificate certificate = TestCertificate.ofLoopback(dir.resolve("certificate"));
        BrokerSettings asking =
                BrokerSettings.in(dir.resolve("kafka"))
                        .withLogin(LOGIN)
                        .withTls(
                                new BrokerTls(
                                        certificate.keyStore(),
                                        certificate.password(),
                                        certificate.pem()));
        try (EmbeddedBroker broker = new EmbeddedBroker(asking)) {
            broker.start();
            Map<String, String> client = asking.clientProperties();
            assertThat(client).containsEntry("security.protocol", "SASL_SSL");
            Map<String, String> settings = settings(client);
            settings.put("tapeline.kafka.bootstrap", broker.bootstrap());
            settings.put("tapeline.data-dir", dir.resolve("data").toString());
            settings.put("tapeline.http-port", "0");
            settings.put("tapeline.demo.pairs", "2");
            settings.put("tapeline.demo.rate", "50");
            assertStrangersAreToldWhy(settings, client);
            try (Standalone tapeline = Standalone.start(Mode.DEMO, settings);
                    Api api = new Api(tapeline.api())) {
                // Ingestor and aggregator; then the query API's registry and its history.
                api.await(
                        "/v1/books/binance/BTCUSDT",
                        book -> book.get("state").asString().equals("LIVE"));
                api.await("/v1/instruments", page -> !page.get("items").isEmpty());
                api.await(
                        "/v1/prices/binance/BTCUSDT/history", page -> !page.get("items").isEmpty());
            }
        }
    }

    private static Map<String, String> settings(Map<String, String> client) {
        Map<String, String> settings = new HashMap<>();
        client.forEach((name, value) -> settings.put("tapeline.kafka.properties." + name, value));
        return settings;
    }

    private void assertStrangersAreToldWhy(Map<String, String> right, Map<String, String> client)
            throws Exception {
        Map<String, String> otherCertificate = new HashMap<>(right);
        otherCertificate.putAll(
                settings(
                        Map.of(
                                TRUSTED,
                                TestCertificate.ofLoopback(dir.resolve("other"))
                                        .pem()
                                        .toString())));
        Map<String, String> otherName = new HashMap<>(right);
        otherName.putAll(
                settings(
                        Map.of(
                                NAME,
                                Objects.requireNonNull(client.get(NAME))
                                        .replace("secret7", "guessed"))));
        assertIsToldWhy(otherCertificate, "unable to find valid certification path");
        assertIsToldWhy(otherName, "Authentication failed: Invalid username or password");
        assertThat(LOGIN).hasToString("BrokerLogin[tapeline]");
    }

    /** Who writes does not start; who can answer what it has does, and says what is missing. */
    private static void assertIsToldWhy(Map<String, String> settings, String why) throws Exception {
        assertThatThrownBy(() -> start(IngestorApplication.class, "ingestor", settings))
                .hasStackTraceContaining(why);
        assertThatThrownBy(() -> start(AggregatorApplication.class, "aggregator", settings))
                .hasStackTraceContaining(why);
        try (ServicePart query =
                        ServicePart.start(
                                QueryApiApplication.class,
                                "query-api",
                                WebApplicationType.SERVLET,
                                settings);
                Api api =
                        new Api(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + query.setting("local.server.port")))) {
            JsonNode status = api.await("/v1/status", now -> now.toString().contains(why));
            assertThat(status.toString()).contains("\"state\":\"WAITING\"");
        }
    }

    private static void start(Class<?> service, String name, Map<String, String> settings) {
        ServicePart.start(service, name, WebApplicationType.NONE, settings).close();
    }
}
