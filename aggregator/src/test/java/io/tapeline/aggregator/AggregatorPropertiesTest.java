package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.KafkaAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AggregatorPropertiesTest {

    private static AggregatorSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("tapeline", AggregatorProperties.class)
                .toSettings();
    }

    @Test
    void theDefaultsAreTheseOnes() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new AggregatorSettings(
                                KafkaAccess.of("localhost:9092"),
                                "tapeline.",
                                6,
                                (short) 1,
                                Path.of("data"),
                                "127.0.0.1",
                                8082,
                                "",
                                1,
                                1,
                                Guarantee.EXACTLY_ONCE,
                                Duration.ofMillis(100),
                                Duration.ofSeconds(10),
                                1_500,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                BookSettings.USUAL,
                                Map.of(),
                                SharedSecret.NONE));
    }

    @Test
    void everySettingCanBeTold() {
        Map<String, String> told =
                Map.ofEntries(
                        Map.entry("tapeline.data-dir", "/var/tapeline"),
                        Map.entry("tapeline.kafka.bootstrap", "k:1"),
                        Map.entry("tapeline.kafka.properties.security.protocol", "SSL"),
                        Map.entry("tapeline.kafka.topic-prefix", "x."),
                        Map.entry("tapeline.kafka.partitions", "12"),
                        Map.entry("tapeline.kafka.replication", "3"),
                        Map.entry("tapeline.aggregator.http-host", "0.0.0.0"),
                        Map.entry("tapeline.aggregator.http-port", "0"),
                        Map.entry("tapeline.aggregator.advertised-host", "agg-1"),
                        Map.entry("tapeline.aggregator.threads", "2"),
                        Map.entry("tapeline.aggregator.standbys", "0"),
                        Map.entry("tapeline.aggregator.guarantee", "at-least-once"),
                        Map.entry("tapeline.aggregator.commit-interval", "1s"),
                        Map.entry("tapeline.aggregator.session-timeout", "6s"),
                        Map.entry("tapeline.aggregator.candles-kept", "60"),
                        Map.entry("tapeline.aggregator.price-silence", "5s"),
                        Map.entry("tapeline.aggregator.reordering", "250ms"),
                        Map.entry("tapeline.aggregator.book-levels", "8000"),
                        Map.entry("tapeline.aggregator.audit-heals", "false"),
                        Map.entry("tapeline.aggregator.audit-every", "1m"),
                        Map.entry("tapeline.aggregator.streams[poll.ms]", "50"),
                        Map.entry("tapeline.internal.secret", "0123456789abcdef"));
        assertThat(bind(told))
                .isEqualTo(
                        new AggregatorSettings(
                                new KafkaAccess("k:1", Map.of("security.protocol", "SSL")),
                                "x.",
                                12,
                                (short) 3,
                                Path.of("/var/tapeline"),
                                "0.0.0.0",
                                0,
                                "agg-1",
                                2,
                                0,
                                Guarantee.AT_LEAST_ONCE,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(6),
                                60,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(250),
                                new BookSettings(8_000, false, Duration.ofMinutes(1)),
                                Map.of("poll.ms", "50"),
                                new SharedSecret("0123456789abcdef")));
    }

    @Test
    void whatIsNotAllowedIsRefusedByName() {
        assertThatThrownBy(() -> bind(Map.of("tapeline.aggregator.threads", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("aggregator: threads 0 is not allowed; allowed: at least 1");
    }
}
