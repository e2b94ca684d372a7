package io.tapeline.ingestor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.resync.LapseReview;
import io.tapeline.ingestor.resync.ResyncIntake;
import io.tapeline.ingestor.share.LineEvidence;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestWorkTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(7), ZoneOffset.UTC);

    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("decisions").factory());
    private final List<DeadLetter> letters = new ArrayList<>();

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void aRecordWithoutAValueIsADeadLetterAndDoesNotEndTheWork() {
        IngestorCounters counters = new IngestorCounters();
        LapseReview review =
                LapseReview.start(
                        new LineEvidence(
                                List.of(), () -> CompletableFuture.completedFuture(Map.of()), 6),
                        Map.of(),
                        _ -> new CompletableFuture<>(),
                        counters,
                        scheduler,
                        CLOCK);
        RestWork work =
                new RestWork(
                        new MockConsumer<>("earliest"),
                        new Topics("t.").resync(),
                        new RestMembership.Held(6),
                        new ResyncIntake(Map.of(), review, counters, scheduler, CLOCK),
                        letters::add,
                        CLOCK);
        work.record(new ConsumerRecord<>("t.resync", 2, 5, new byte[] {'k'}, null));
        assertThat(letters)
                .containsExactly(
                        DeadLetter.newBuilder()
                                .setTopic("t.resync")
                                .setPartition(2)
                                .setOffset(5)
                                .setKey(ByteString.copyFromUtf8("k"))
                                .setReason("resync request: there is no value")
                                .setFailedUs(7_000_000)
                                .build());
    }
}
