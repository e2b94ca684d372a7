package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.kafka.BrokerLogin;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.topic.KafkaAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Kafka that asks who comes: every client of all three services is told the name by {@code
 * tapeline.kafka.properties}, and the tape gets from the exchange to the answers.
 */
class KafkaWithNamesIT {

    private static final BrokerLogin LOGIN = new BrokerLogin("tapeline", "secret7");

    @TempDir Path dir;

    @Test
    void every_client_of_all_services_says_its_name() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(BrokerSettings.in(dir.resolve("kafka")).withLogin(LOGIN))) {
            broker.start();
            assertStrangersAreRefused(broker.bootstrap());
            Map<String, String> settings = new HashMap<>();
            LOGIN.clientProperties()
                    .forEach((name, value) ->
                            settings.put("tapeline.kafka.properties." + name, value));
            settings.put("tapeline.kafka.bootstrap", broker.bootstrap());
            settings.put("tapeline.data-dir", dir.resolve("data").toString());
            settings.put("tapeline.http-port", "0");
            settings.put("tapeline.demo.pairs", "2");
            settings.put("tapeline.demo.rate", "50");
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

    private static void assertStrangersAreRefused(String bootstrap) {
        Map<String, String> wrong = new BrokerLogin("tapeline", "guessed").clientProperties();
        try (Admin stranger = Admin.create(new KafkaAccess(bootstrap, wrong).client(Map.of()))) {
            assertThatThrownBy(() -> stranger.listTopics().names().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
        assertThat(LOGIN).hasToString("BrokerLogin[tapeline]");
    }
}
