package io.tapeline.aggregator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings as Spring reads them; {@link AggregatorSettings} says what each means and which
 * values it may have.
 */
@ConfigurationProperties("tapeline")
record AggregatorProperties(
        @DefaultValue("data") Path dataDir,
        @DefaultValue Kafka kafka,
        @DefaultValue Aggregator aggregator) {

    record Kafka(
            @DefaultValue("localhost:9092") String bootstrap,
            @DefaultValue("tapeline.") String topicPrefix,
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replication) {}

    record Aggregator(
            @DefaultValue("127.0.0.1") String httpHost,
            @DefaultValue("8082") int httpPort,
            @DefaultValue("") String advertisedHost,
            @DefaultValue("1") int threads,
            @DefaultValue("1") int standbys,
            @DefaultValue("exactly-once") Guarantee guarantee,
            @DefaultValue("100ms") Duration commitInterval,
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("1500") int candlesKept,
            @DefaultValue("10s") Duration priceSilence,
            @DefaultValue Map<String, String> streams) {}

    AggregatorSettings toSettings() {
        return new AggregatorSettings(
                kafka.bootstrap(),
                kafka.topicPrefix(),
                kafka.partitions(),
                kafka.replication(),
                dataDir,
                aggregator.httpHost(),
                aggregator.httpPort(),
                aggregator.advertisedHost(),
                aggregator.threads(),
                aggregator.standbys(),
                aggregator.guarantee(),
                aggregator.commitInterval(),
                aggregator.sessionTimeout(),
                aggregator.candlesKept(),
                aggregator.priceSilence(),
                aggregator.streams());
    }
}
