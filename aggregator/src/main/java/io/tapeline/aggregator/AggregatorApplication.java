package io.tapeline.aggregator;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The aggregator as a service of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(AggregatorProperties.class)
public class AggregatorApplication {

    /** The file of its defaults is its own, so that several services share a class path. */
    public static void main(String[] args) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(AggregatorApplication.class)
                        .properties("spring.config.name=aggregator")
                        .run(args);
        context.getBean(StopOnFatal.class).exitWith(context);
    }

    @Bean
    StopOnFatal stopOnFatal() {
        return new StopOnFatal();
    }

    @Bean(destroyMethod = "close")
    Aggregator aggregator(AggregatorProperties properties, StopOnFatal stopOnFatal)
            throws InterruptedException {
        return Aggregator.start(properties.toSettings(), stopOnFatal::onState);
    }

    @Bean
    HealthIndicator aggregatorHealthIndicator(Aggregator aggregator) {
        return new StreamsHealth(aggregator::state);
    }

    /** In place of Boot's own, which is ready before anything is restored. */
    @Bean
    HealthIndicator readinessStateHealthIndicator(Aggregator aggregator) {
        return new RestoredOnce(aggregator::state);
    }

    @Bean
    MeterBinder flowMeters(Aggregator aggregator) {
        return new FlowMeters(aggregator.counters(), aggregator.restorations());
    }

    @Bean
    MeterBinder stateMeters(Aggregator aggregator, AggregatorProperties properties) {
        Topics topics = new Topics(properties.kafka().topicPrefix());
        return new StateMeters(
                new StateMeters.Sources(
                        aggregator::state,
                        aggregator::status,
                        aggregator.restorations()::left,
                        properties.dataDir(),
                        System::nanoTime),
                List.of(
                        topics.rawDepth().name(),
                        topics.rawKlines().name(),
                        topics.rawTickers().name()));
    }

    /** Whether the streams are past mending: nothing but a new start helps. */
    static boolean isFatal(KafkaStreams.State state) {
        return switch (state) {
            case ERROR, PENDING_ERROR -> true;
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> false;
        };
    }
}
