package io.tapeline.query;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a test and a transactional producer to them, as the aggregator is one. */
public final class Tape implements AutoCloseable {

    public static final int PARTITIONS = 3;

    private final String bootstrap;
    private final String prefix;
    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;

    public Tape(KafkaCluster cluster) throws InterruptedException {
        bootstrap = cluster.bootstrap();
        prefix = cluster.uniquePrefix();
        topics = new Topics(prefix);
        TopicSetup.ensure(cluster.admin(), topics, PARTITIONS, (short) 1);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "transactional.id",
                                prefix + "tape",
                                "linger.ms",
                                5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
    }

    public Topics topics() {
        return topics;
    }

    public String bootstrap() {
        return bootstrap;
    }

    public String prefix() {
        return prefix;
    }

    public List<String> settings() {
        return List.of(
                "--tapeline.kafka.bootstrap=" + bootstrap,
                "--tapeline.kafka.topic-prefix=" + prefix,
                "--tapeline.kafka.partitions=" + PARTITIONS);
    }

    public <V> void send(Topic<V> topic, Instrument key, V value) {
        sendBytes(topic, key, topic.codec().encode(value));
    }

    public void sendBytes(Topic<?> topic, Instrument key, byte[] value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic.name(), key.id().getBytes(StandardCharsets.UTF_8), value));
    }

    public void commit() {
        producer.commitTransaction();
        producer.beginTransaction();
    }

    public void abort() {
        producer.abortTransaction();
        producer.beginTransaction();
    }

    @Override
    public void close() {
        producer.abortTransaction();
        producer.close();
    }
}
