package io.tapeline.ingestor;

import io.tapeline.ingestor.coingecko.CallAccount;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The account as the metadata of a committed offset: Kafka keeps a small text for a group and a
 * partition, newest only, for all instances. The group has no members and reads nothing; Kafka
 * forgets it after seven days without a call, by which time any call may be made.
 */
final class KafkaCallAccount implements CallAccount, AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Admin admin;
    private final String group;
    private final TopicPartition place;

    /**
     * @param clientId by which Kafka knows this
     */
    KafkaCallAccount(KafkaAccess kafka, String clientId, String topicPrefix, Topics topics) {
        this.admin =
                Admin.create(kafka.client(Map.of(AdminClientConfig.CLIENT_ID_CONFIG, clientId)));
        this.group = topicPrefix + "ingestor.coingecko.calls";
        this.place = new TopicPartition(topics.resync().name(), 0);
    }

    @Override
    public CompletableFuture<Optional<Instant>> newestCall() {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture()
                .handle((offsets, failure) -> {
                    if (failure == null) {
                        return newest(offsets.get(place));
                    }
                    if (cause(failure) instanceof GroupIdNotFoundException) {
                        return Optional.empty(); // the first call of all
                    }
                    throw new CompletionException(cause(failure));
                });
    }

    private static Optional<Instant> newest(@Nullable OffsetAndMetadata committed) {
        if (committed == null || !committed.metadata().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new EpochMicros(Long.parseLong(committed.metadata())).toInstant());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    @Override
    public CompletableFuture<Void> called(Instant time) {
        String text = Long.toString(EpochMicros.of(time).value());
        return admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(0, text)))
                .all()
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public void close() {
        admin.close(CLOSE_WITHIN);
    }
}
