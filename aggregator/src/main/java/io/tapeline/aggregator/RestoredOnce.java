package io.tapeline.aggregator;

import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether this instance may be counted on, for who updates one after another: not before it has
 * restored what it was given. Later rebalances change nothing, for standbys answer meanwhile.
 */
final class RestoredOnce implements HealthIndicator {

    private final Supplier<KafkaStreams.State> state;
    private volatile boolean restored;

    RestoredOnce(Supplier<KafkaStreams.State> state) {
        this.state = state;
    }

    @Override
    public Health health() {
        KafkaStreams.State now = state.get();
        if (now == KafkaStreams.State.RUNNING) {
            restored = true;
        }
        return (restored ? Health.up() : Health.outOfService())
                .withDetail("streams", now.name())
                .build();
    }
}
