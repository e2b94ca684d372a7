package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.file.Path;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
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
                        .web(WebApplicationType.NONE)
                        .registerShutdownHook(false)
                        .run(
                                "--tapeline.kafka.bootstrap=" + kafka.bootstrap(),
                                "--tapeline.kafka.topic-prefix=" + kafka.uniquePrefix(),
                                "--tapeline.kafka.partitions=2",
                                "--tapeline.aggregator.http-port=0",
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
        }
    }
}
