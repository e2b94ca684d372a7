package io.tapeline.aggregator;

import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the streams run or rebalance; standbys answer meanwhile. */
final class StreamsHealth implements HealthIndicator {

    private final Supplier<KafkaStreams.State> state;

    StreamsHealth(Supplier<KafkaStreams.State> state) {
        this.state = state;
    }

    @Override
    public Health health() {
        KafkaStreams.State now = state.get();
        Health.Builder health =
                switch (now) {
                    case CREATED, REBALANCING, RUNNING -> Health.up();
                    case PENDING_SHUTDOWN, NOT_RUNNING -> Health.outOfService();
                    case PENDING_ERROR, ERROR -> Health.down();
                };
        return health.withDetail("streams", now.name()).build();
    }
}
