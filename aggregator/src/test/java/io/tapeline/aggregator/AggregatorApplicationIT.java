package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

@KafkaTest
class AggregatorApplicationIT {

    @TempDir Path dataDir;

    @Test
    void theServiceRunsWithItsSettingsAndIsHealthy(KafkaCluster kafka) throws Exception {
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(AggregatorApplication.class)
                        .properties("spring.config.name=aggregator")
                        .registerShutdownHook(false)
                        .run(
                                "--tapeline.kafka.bootstrap=" + kafka.bootstrap(),
                                "--tapeline.kafka.topic-prefix=" + kafka.uniquePrefix(),
                                "--tapeline.kafka.partitions=2",
                                "--tapeline.aggregator.http-port=0",
                                "--tapeline.aggregator.management-port=0",
                                "--tapeline.data-dir=" + dataDir)) {
            Aggregator aggregator = context.getBean(Aggregator.class);
            Await.untilTrue("running", () -> aggregator.state() == KafkaStreams.State.RUNNING);

            HealthIndicator health =
                    context.getBean("aggregatorHealthIndicator", HealthIndicator.class);
            assertThat(health.health()).isNotNull();
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            try (InternalApi api = new InternalApi(aggregator.address())) {
                assertThat(api.get("/status").statusCode()).isEqualTo(200);
            }
            try (HttpClient http = HttpClient.newHttpClient()) {
                String port = context.getEnvironment().getProperty("local.server.port");
                String meters =
                        http.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                "http://127.0.0.1:"
                                                                        + port
                                                                        + "/actuator/prometheus"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body();
                assertThat(meters)
                        .contains("tapeline_aggregator_streams_state{state=\"running\"} 1.0")
                        .contains("tapeline_aggregator_depth_received_total 0.0")
                        .contains("tapeline_aggregator_books{state=\"live\"} 0.0");
            }
        }
    }
}
