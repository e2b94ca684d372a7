package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@KafkaTest
class IngestorApplicationIT {

    private final KafkaCluster kafka;

    IngestorApplicationIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void theServiceStartsAndTellsItsHealthAndItsCounters() throws Exception {
        try (ConfigurableApplicationContext context =
                        new SpringApplicationBuilder(IngestorApplication.class)
                                .properties("spring.config.name=ingestor")
                                .run(
                                        "--tapeline.kafka.bootstrap=" + kafka.bootstrap(),
                                        "--tapeline.kafka.topic-prefix=" + kafka.uniquePrefix(),
                                        "--tapeline.binance.rest-url=",
                                        "--tapeline.deribit.ws-url=",
                                        "--tapeline.coingecko.url=",
                                        "--tapeline.ingestor.http-port=0",
                                        "--tapeline.ingestor.management-port=0");
                HttpClient http = HttpClient.newHttpClient()) {
            String port = context.getEnvironment().getProperty("local.server.port");
            assertThat(get(http, "http://127.0.0.1:" + port + "/actuator/health"))
                    .contains("\"ingestor\":{\"status\":\"UP\"");
            assertThat(get(http, "http://127.0.0.1:" + port + "/actuator/prometheus"))
                    .contains("tapeline_ingestor_events_published_total 0.0")
                    .contains("tapeline_ingestor_rest_weight_used");
            assertThat(context.getBean(Ingestor.class).httpPort()).isPositive();
        }
    }

    private static String get(HttpClient http, String address) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
