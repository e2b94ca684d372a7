package io.tapeline.ingestor.consume;

import com.google.protobuf.ByteString;
import io.tapeline.ingestor.resync.ResyncIntake;
import io.tapeline.ingestor.share.ServedOffsets;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the member of the rest group does with the resync topic. Used on the member's thread. */
final class RestWork implements Membership.Work {

    private static final Logger log = LoggerFactory.getLogger(RestWork.class);

    private static final Duration LOOK_BACK = Duration.ofMinutes(2);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<ResyncRequest> topic;
    private final RestMembership.Held held;
    private final ResyncIntake intake;
    private final java.util.function.Consumer<DeadLetter> deadLetters;
    private final Clock clock;
    private final ServedOffsets served = new ServedOffsets();
    private final Set<TopicPartition> unprepared = new HashSet<>();
    private final Set<Integer> numbers = new HashSet<>();
    private final Map<Integer, Long> servedBefore = new HashMap<>();
    private Map<Integer, Long> committed = Map.of();
    private long committedNanos = System.nanoTime();

    RestWork(
            Consumer<byte[], byte[]> consumer,
            Topic<ResyncRequest> topic,
            RestMembership.Held held,
            ResyncIntake intake,
            java.util.function.Consumer<DeadLetter> deadLetters,
            Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.held = held;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        unprepared.addAll(partitions);
        prepare();
    }

    /**
     * Reads from what was not served, and some minutes before it: a line's lapse may explain
     * another's.
     */
    private void prepare() {
        Set<TopicPartition> all = Set.copyOf(unprepared);
        Map<TopicPartition, Long> times = new HashMap<>();
        long lookBack = clock.instant().minus(LOOK_BACK).toEpochMilli();
        all.forEach(partition -> times.put(partition, lookBack));
        Map<TopicPartition, OffsetAndMetadata> offsets;
        Map<TopicPartition, OffsetAndTimestamp> recent;
        Map<TopicPartition, Long> ends;
        try {
            offsets = consumer.committed(all, WITHIN);
            recent = consumer.offsetsForTimes(times, WITHIN);
            ends = consumer.endOffsets(all, WITHIN);
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("what was served is not known yet: trying again");
            return;
        }
        for (TopicPartition partition : all) {
            OffsetAndTimestamp at = recent.get(partition);
            long from = at == null ? ends.getOrDefault(partition, 0L) : at.offset();
            OffsetAndMetadata known = offsets.get(partition);
            long unserved = known == null ? from : known.offset();
            servedBefore.put(partition.partition(), unserved);
            served.begin(partition.partition(), unserved);
            consumer.seek(partition, Math.min(from, unserved));
            numbers.add(partition.partition());
        }
        consumer.resume(all);
        unprepared.clear();
        held.set(numbers);
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        try {
            consumer.commitSync(unserved(), WITHIN);
        } catch (KafkaException e) {
            log.atWarn()
                    .setCause(e)
                    .log("what was served is not committed: it will be served again");
        }
        lost(partitions);
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        unprepared.removeAll(partitions);
        partitions.forEach(partition -> {
            served.end(partition.partition());
            numbers.remove(partition.partition());
        });
        held.set(numbers);
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
        try {
            ResyncRequest request = request(record);
            if (record.offset() < servedBefore.getOrDefault(record.partition(), 0L)) {
                intake.heard(request);
                return;
            }
            served.taken(record.partition(), record.offset());
            var _ =
                    intake.take(request, EpochMicros.ofMillis(record.timestamp()))
                            .whenComplete(
                                    (_, _) -> served.done(record.partition(), record.offset()));
        } catch (MalformedPayload | IllegalArgumentException e) {
            served.taken(record.partition(), record.offset());
            served.done(record.partition(), record.offset());
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a resync request is malformed");
            deadLetters.accept(deadLetter(record, e.getMessage()));
        } catch (RuntimeException e) {
            served.taken(record.partition(), record.offset());
            served.done(record.partition(), record.offset());
            log.atError()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("a resync request could not be taken");
            deadLetters.accept(deadLetter(record, e.toString()));
        }
    }

    private ResyncRequest request(ConsumerRecord<byte[], byte[]> record) throws MalformedPayload {
        byte[] value = record.value();
        if (value == null) {
            throw new MalformedPayload("resync request: there is no value");
        }
        return topic.codec().decode(value);
    }

    @Override
    public void polled() {
        if (!unprepared.isEmpty()) {
            prepare();
        }
        long now = System.nanoTime();
        Map<Integer, Long> unserved = served.unserved();
        if (now - committedNanos >= COMMIT_EVERY.toNanos() && !unserved.equals(committed)) {
            committedNanos = now;
            committed = unserved;
            consumer.commitAsync(
                    unserved(),
                    (_, failure) -> {
                        if (failure != null) {
                            committed = Map.of();
                        }
                    });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> unserved() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        served.unserved()
                .forEach((number, offset) ->
                        offsets.put(
                                new TopicPartition(topic.name(), number),
                                new OffsetAndMetadata(offset)));
        return offsets;
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, @Nullable String reason) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setKey(ByteString.copyFrom(record.key() == null ? new byte[0] : record.key()))
                .setValue(
                        ByteString.copyFrom(record.value() == null ? new byte[0] : record.value()))
                .setReason(String.valueOf(reason))
                .setFailedUs(EpochMicros.of(clock.instant()).value())
                .build();
    }
}
