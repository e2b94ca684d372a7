package io.tapeline.aggregator;

import io.tapeline.aggregator.store.BookStoreBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Kafka Streams' settings, with what they buy. Left at their defaults the clients cost more than a
 * third of the rate: small batches are what a broker and its clients spend their time on.
 */
public final class StreamsSettings {

    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;

    private static final Duration MOST_LINGER = Duration.ofMillis(100);
    private static final Duration MOST_LINGER_AT_LEAST_ONCE = Duration.ofMillis(10);

    private StreamsSettings() {}

    /** The application's id: the name of the consumer group and of the changelogs. */
    static String applicationId(AggregatorSettings settings) {
        return settings.topicPrefix() + "aggregator";
    }

    /**
     * @param instance a name that this instance keeps over restarts and shares with no other
     */
    public static Properties of(AggregatorSettings settings, HostInfo address, String instance) {
        Map<String, Object> config = new HashMap<>(settings.access().client(Map.of()));
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.dataDir().resolve("aggregator").resolve("streams").toString());
        config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.host() + ":" + address.port());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
        config.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.guarantee().streamsSetting());
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        // Record caches cost more than they save where keys seldom repeat within a commit; the
        // book store coalesces by itself.
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        config.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 4_000);
        // No decision depends on the order of records of different topics, so that none waits for
        // another's: asking whether one should cost a tenth of the time where a topic was quiet.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // As it will be by default; until then its being unset is warned of at each start.
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        consumer(config, settings, instance);
        producer(config, settings);
        config.putAll(settings.kafka());
        Properties properties = new Properties();
        properties.putAll(config);
        return properties;
    }

    private static void consumer(
            Map<String, Object> config, AggregatorSettings settings, String instance) {
        // A backlog is read in a few large answers.
        put(config, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 64 * MEBIBYTE);
        put(config, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * MEBIBYTE);
        put(config, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
        put(config, ConsumerConfig.RECEIVE_BUFFER_CONFIG, MEBIBYTE);
        config.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest");
        // Death is noticed after this long. A restart need not wait for it: a static member that
        // comes back under its name takes its place at once.
        config.put(
                StreamsConfig.mainConsumerPrefix(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG),
                (int) settings.sessionTimeout().toMillis());
        config.put(
                StreamsConfig.mainConsumerPrefix(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) settings.sessionTimeout().toMillis() / 4);
        config.put(
                StreamsConfig.mainConsumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG),
                instance);
    }

    private static void put(Map<String, Object> config, String name, int value) {
        config.put(StreamsConfig.consumerPrefix(name), value);
    }

    private static void producer(Map<String, Object> config, AggregatorSettings settings) {
        // Full batches compress well and cost the broker little. Nobody who reads what is committed
        // sees a record before its commit, and a commit flushes: so batches linger until then. At
        // a thousand events a second lingering for 10 ms only cost a sixth of all processor time,
        // most of it for making compressors, and a third of the latency's 99th percentile.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * KIBIBYTE);
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                linger(settings).toMillis());
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L * MEBIBYTE);
        // A partition's first batch of a transaction may be refused while the partition is being
        // added; a second one under way would then arrive out of order and be refused as well.
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                1);
        // A whole book, and a dead letter that wraps the largest raw record.
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                BookStoreBuilder.MAX_RECORD_BYTES);
    }

    private static Duration linger(AggregatorSettings settings) {
        boolean exactlyOnce = settings.guarantee() == Guarantee.EXACTLY_ONCE;
        Duration most = exactlyOnce ? MOST_LINGER : MOST_LINGER_AT_LEAST_ONCE;
        return settings.commitInterval().compareTo(most) < 0 ? settings.commitInterval() : most;
    }
}
