package io.tapeline.query;

import io.tapeline.query.collect.CandleCollections;
import io.tapeline.query.collect.KafkaLedger;
import io.tapeline.query.consume.Brokers;
import io.tapeline.query.consume.PartitionReader;
import io.tapeline.query.registry.RegistryFeed;
import io.tapeline.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/** Readers whose state lives in this process alone. */
final class TopicReaders {

    private TopicReaders() {}

    /** The whole registry, and what changes in it. */
    static PartitionReader registry(Brokers brokers, RegistryFeed feed) {
        return new PartitionReader(
                "registry",
                brokers.kafka(),
                all(brokers, List.of(brokers.topics().instruments()), SeekPosition.BEGINNING),
                new PartitionReader.Batching(5_000, Duration.ofMillis(500), 1),
                batch ->
                        batch.forEach(kafka -> {
                            byte[] key = kafka.key();
                            feed.handle(
                                    key == null ? "" : new String(key, StandardCharsets.UTF_8),
                                    kafka.value());
                        }));
    }

    /** All collections, and how far they get. */
    static PartitionReader collections(
            Brokers brokers, KafkaLedger ledger, CandleCollections collections) {
        return new PartitionReader(
                "collections",
                brokers.kafka(),
                all(brokers, List.of(brokers.topics().collections()), SeekPosition.BEGINNING),
                new PartitionReader.Batching(500, Duration.ofMillis(500), 1),
                batch ->
                        batch.forEach(kafka -> {
                            byte[] key = kafka.key();
                            ledger.read(
                                    key == null ? "" : new String(key, StandardCharsets.UTF_8),
                                    kafka.value(),
                                    collections);
                        }));
    }

    private static List<TopicPartitionOffset> all(
            Brokers brokers, List<Topic<?>> topics, SeekPosition from) {
        List<TopicPartitionOffset> partitions = new ArrayList<>();
        for (Topic<?> topic : topics) {
            for (int partition = 0; partition < brokers.partitions(); partition++) {
                partitions.add(new TopicPartitionOffset(topic.name(), partition, from));
            }
        }
        return partitions;
    }
}
