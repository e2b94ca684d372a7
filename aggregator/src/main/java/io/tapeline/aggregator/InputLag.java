package io.tapeline.aggregator;

import io.tapeline.schemas.proto.PartitionLag;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the whole group is behind the ends of the raw topics, as of a few seconds ago. */
final class InputLag {

    private static final Logger LOG = LoggerFactory.getLogger(InputLag.class);
    private static final long PERIOD_SECONDS = 2;
    private static final long PATIENCE_SECONDS = 10;

    private final Admin admin;
    private final String group;
    private volatile List<PartitionLag> newest = List.of();

    InputLag(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    void refreshWith(ScheduledExecutorService clock) {
        var _ =
                clock.scheduleWithFixedDelay(
                        this::refresh, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** By topic and partition; empty until it is known. */
    List<PartitionLag> newest() {
        return newest;
    }

    private void refresh() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            newest =
                    ends.entrySet().stream()
                            .map(end ->
                                    lag(end.getKey(), committed.get(end.getKey()), end.getValue()))
                            .sorted(
                                    Comparator.comparing(PartitionLag::getTopic)
                                            .thenComparing(PartitionLag::getPartition))
                            .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("group", group)
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("Lag is not known; it will be asked for again");
        }
    }

    private static PartitionLag lag(
            TopicPartition partition,
            @Nullable OffsetAndMetadata committed,
            ListOffsetsResultInfo end) {
        return PartitionLag.newBuilder()
                .setTopic(partition.topic())
                .setPartition(partition.partition())
                .setPosition(committed == null ? 0 : committed.offset())
                .setEnd(end.offset())
                .build();
    }
}
