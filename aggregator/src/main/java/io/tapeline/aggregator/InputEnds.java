package io.tapeline.aggregator;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.topology.CatchUp;
import io.tapeline.aggregator.topology.CatchUp.Input;
import io.tapeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka where the raw topics end, four times within the time that an answer counts for, and
 * where the processing of a partition began that was taken over. It never waits: a broker that does
 * not answer holds up what is asked of another, or asked next, by nothing.
 */
final class InputEnds {

    private static final Logger LOG = LoggerFactory.getLogger(InputEnds.class);
    private static final long LOOKS_WITHIN = 4;

    /** A partition that was taken over is not kept waiting for longer. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final Admin admin;
    private final String group;
    private final CatchUp catchUp;
    private final Duration within;
    private final Map<TopicPartition, Input> inputs = new HashMap<>();
    private final AtomicBoolean startsAsked = new AtomicBoolean();
    private long lookedNanos;
    private boolean heard;
    private boolean silent;
    private volatile String failure = "no answer";

    /**
     * @param group that commits what it has processed
     * @param within how long an answer counts
     */
    InputEnds(
            Admin admin,
            String group,
            Topics topics,
            int partitions,
            CatchUp catchUp,
            Duration within) {
        this.admin = admin;
        this.group = group;
        this.catchUp = catchUp;
        this.within = within;
        for (LineKind kind : LineKind.values()) {
            for (int partition = 0; partition < partitions; partition++) {
                inputs.put(
                        new TopicPartition(topic(topics, kind), partition),
                        new Input(kind, partition));
            }
        }
        lookedNanos = System.nanoTime() - within.toNanos();
    }

    private static String topic(Topics topics, LineKind kind) {
        return switch (kind) {
            case DEPTH -> topics.rawDepth().name();
            case KLINES -> topics.rawKlines().name();
            case TICKERS -> topics.rawTickers().name();
        };
    }

    /**
     * How old the present may be: half of the time after which the group takes a silent instance
     * for dead. An instance that is cut off calls nothing live any more before another one can.
     */
    static Duration within(AggregatorSettings settings) {
        return settings.sessionTimeout().dividedBy(2);
    }

    void refreshWith(ScheduledExecutorService clock) {
        var _ = clock.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            List<Input> withoutStart = catchUp.withoutStart();
            if (!withoutStart.isEmpty() && startsAsked.compareAndSet(false, true)) {
                askForStarts(withoutStart);
                look(now);
            } else if (now - lookedNanos >= within.toNanos() / LOOKS_WITHIN) {
                look(now);
            }
            tell(catchUp.isHeard(within, now));
        } catch (KafkaException e) {
            LOG.atError().setCause(e).log("The ends of the raw topics cannot be asked for");
        }
    }

    private void look(long now) {
        lookedNanos = now;
        ListOffsetsResult asked = list(inputs.keySet(), OffsetSpec.latest());
        inputs.forEach((partition, input) ->
                whenTold(asked.partitionResult(partition), end -> catchUp.endsAt(input, end, now)));
    }

    /** Where the group is; where that is not known or has expired, at the topic's first record. */
    private void askForStarts(List<Input> begun) {
        Map<TopicPartition, Input> asked = new HashMap<>(inputs);
        asked.values().retainAll(begun);
        ListOffsetsResult firsts = list(asked.keySet(), OffsetSpec.earliest());
        var _ =
                admin.listConsumerGroupOffsets(
                                group,
                                new ListConsumerGroupOffsetsOptions().timeoutMs(patienceMillis()))
                        .partitionsToOffsetAndMetadata()
                        .whenComplete((committed, failed) -> {
                            if (failed == null) {
                                asked.forEach((partition, input) ->
                                        start(input, committed.get(partition), firsts, partition));
                            } else {
                                failure = String.valueOf(failed.getMessage());
                            }
                            startsAsked.set(false);
                        });
    }

    private void start(
            Input input,
            @Nullable OffsetAndMetadata committed,
            ListOffsetsResult firsts,
            TopicPartition partition) {
        long next = committed == null ? 0 : committed.offset();
        whenTold(
                firsts.partitionResult(partition),
                first -> catchUp.startsAt(input, Math.max(first, next)));
    }

    private ListOffsetsResult list(Set<TopicPartition> partitions, OffsetSpec which) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(each -> each, _ -> which)),
                new ListOffsetsOptions().timeoutMs(patienceMillis()));
    }

    private int patienceMillis() {
        return Math.toIntExact(within.toMillis());
    }

    private void whenTold(KafkaFuture<ListOffsetsResultInfo> asked, LongConsumer then) {
        var _ =
                asked.whenComplete((told, failed) -> {
                    if (failed == null) {
                        then.accept(told.offset());
                    } else {
                        failure = String.valueOf(failed.getMessage());
                    }
                });
    }

    /** Once when Kafka falls silent, and once when it is heard again. */
    private void tell(boolean nowHeard) {
        if (heard && !nowHeard) {
            silent = true;
            LOG.atWarn()
                    .addKeyValue("withinMs", within.toMillis())
                    .addKeyValue("cause", failure)
                    .log("Kafka is not heard: every answer is stale");
        } else if (silent && nowHeard) {
            silent = false;
            LOG.atInfo().log("Kafka is heard again");
        }
        heard = nowHeard;
    }
}
