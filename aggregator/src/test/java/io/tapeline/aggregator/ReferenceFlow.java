package io.tapeline.aggregator;

import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.topology.AggregatorTopology;
import io.tapeline.aggregator.topology.FlowCounters;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology over raw candles and tickers without Kafka, hence without crashes. */
final class ReferenceFlow implements AutoCloseable {

    private final Topics topics;
    private final TopologyTestDriver driver;

    ReferenceFlow(Topics topics, Path stateDir, AggregatorSettings settings) {
        this.topics = topics;
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "reference");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver =
                new TopologyTestDriver(
                        new AggregatorTopology(
                                        topics,
                                        new BookSync(SyncSettings.DEFAULT),
                                        new CandleArbiter(settings.candlesKept()),
                                        new PriceArbiter(settings.priceSilence()),
                                        new FlowCounters())
                                .build(),
                        config,
                        Instant.now());
    }

    /** In the order of each topic's offsets. */
    ReferenceFlow over(String bootstrap) {
        for (Topic<byte[]> topic : List.of(topics.rawKlines(), topics.rawTickers())) {
            var input =
                    driver.createInputTopic(
                            topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
            for (ConsumerRecord<byte[], byte[]> raw : Records.committed(bootstrap, topic.name())) {
                input.pipeInput(
                        new TestRecord<>(raw.key(), raw.value(), raw.headers(), raw.timestamp()));
            }
        }
        return this;
    }

    /** By key, in order. */
    <V> Map<String, List<V>> told(Topic<V> topic) {
        Map<String, List<V>> told = new TreeMap<>();
        driver.createOutputTopic(
                        topic.name(), new ByteArrayDeserializer(), topic.serde().deserializer())
                .readKeyValuesToList()
                .forEach(each -> add(told, each.key, each.value));
        return told;
    }

    /** What readers of committed records see, by key, in order. */
    static <V> Map<String, List<V>> committed(String bootstrap, Topic<V> topic)
            throws MalformedPayload {
        Map<String, List<V>> told = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Records.committed(bootstrap, topic.name())) {
            add(told, record.key(), topic.codec().decode(record.value()));
        }
        return told;
    }

    private static <V> void add(Map<String, List<V>> told, byte[] key, V value) {
        told.computeIfAbsent(new String(key, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                .add(value);
    }

    /** Entries of the ledger but for when they were found and ended, which no two runs share. */
    static Map<String, List<String>> timeless(Map<String, List<Gap>> gaps) {
        return map(
                gaps,
                gap ->
                        gap.getKind()
                                + " "
                                + gap.getCause()
                                + " "
                                + gap.getFrom()
                                + " to "
                                + gap.getTo()
                                + " "
                                + gap.getOutcome()
                                + " "
                                + gap.getHow());
    }

    private static <A, B> Map<String, List<B>> map(
            Map<String, List<A>> told, Function<A, B> function) {
        Map<String, List<B>> mapped = new TreeMap<>();
        told.forEach((key, values) -> mapped.put(key, values.stream().map(function).toList()));
        return mapped;
    }

    @Override
    public void close() {
        driver.close();
    }
}
