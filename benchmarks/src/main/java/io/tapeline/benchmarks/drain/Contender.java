package io.tapeline.benchmarks.drain;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.StreamsSettings;
import io.tapeline.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;

/** One who drains {@code raw.depth}; every record of it makes one of the output. */
sealed interface Contender {

    String name();

    String output();

    /**
     * Begins at the topic's beginning; to be closed.
     *
     * @param application the group's name, new for each run
     */
    AutoCloseable start(AggregatorSettings settings, String application)
            throws InterruptedException;

    private static AggregatorSettings under(AggregatorSettings settings, String application) {
        return settings.withKafka(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, application));
    }

    /** Books, clean topic and changelog. */
    record Ours(Topics topics) implements Contender {

        @Override
        public String name() {
            return "aggregator";
        }

        @Override
        public String output() {
            return topics.depth().name();
        }

        @Override
        public AutoCloseable start(AggregatorSettings settings, String application)
                throws InterruptedException {
            return Aggregator.start(under(settings, application));
        }
    }

    /** The same records to one topic, with the same guarantee and the same clients. */
    record PassThrough(Topics topics) implements Contender {

        @Override
        public String name() {
            return "pass-through";
        }

        @Override
        public String output() {
            return topics.rawDepth().name() + ".passed";
        }

        @Override
        public AutoCloseable start(AggregatorSettings settings, String application) {
            Topology topology = new Topology();
            topology.addSource(
                    "in",
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    topics.rawDepth().name());
            topology.addSink(
                    "out", output(), new ByteArraySerializer(), new ByteArraySerializer(), "in");
            KafkaStreams streams =
                    new KafkaStreams(
                            topology,
                            StreamsSettings.of(
                                    under(settings, application),
                                    new HostInfo("127.0.0.1", 1),
                                    application));
            streams.start();
            return streams::close;
        }
    }
}
