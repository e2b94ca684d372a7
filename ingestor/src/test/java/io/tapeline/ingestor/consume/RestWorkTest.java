package io.tapeline.ingestor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.resync.Backfill;
import io.tapeline.ingestor.resync.LapseReview;
import io.tapeline.ingestor.resync.ResyncIntake;
import io.tapeline.ingestor.share.LineEvidence;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.jspecify.annotations.Nullable;
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
        work(Map.of()).record(new ConsumerRecord<>("t.resync", 2, 5, new byte[] {'k'}, null));
        assertThat(letters)
                .containsExactly(letter().setReason("resync request: there is no value").build());
    }

    @Test
    void whateverFailsForOneRecordIsThatRecordsDeadLetter() {
        ResyncRequest request =
                ResyncRequest.newBuilder()
                        .setInstrument("binance:BTCUSDT")
                        .setKind(ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT)
                        .build();
        byte[] value = new Topics("t.").resync().codec().encode(request);
        work(Map.of(Venue.BINANCE, new Broken()))
                .record(new ConsumerRecord<>("t.resync", 2, 5, new byte[] {'k'}, value));
        assertThat(letters)
                .containsExactly(
                        letter().setValue(ByteString.copyFrom(value))
                                .setReason("java.lang.IllegalStateException: broken")
                                .build());
    }

    private static final class Broken implements Backfill {

        @Override
        public CompletableFuture<@Nullable Void> serve(ResyncRequest request) {
            throw new IllegalStateException("broken");
        }

        @Override
        public CompletableFuture<@Nullable Void> catchUp(
                StreamKey stream, Optional<EpochMicros> from) {
            throw new IllegalStateException("broken");
        }
    }

    private static DeadLetter.Builder letter() {
        return DeadLetter.newBuilder()
                .setTopic("t.resync")
                .setPartition(2)
                .setOffset(5)
                .setKey(ByteString.copyFromUtf8("k"))
                .setFailedUs(7_000_000);
    }

    private RestWork work(Map<Venue, Backfill> venues) {
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
        return new RestWork(
                new MockConsumer<>("earliest"),
                new Topics("t.").resync(),
                new RestMembership.Held(6),
                new ResyncIntake(venues, review, counters, scheduler, CLOCK),
                letters::add,
                CLOCK);
    }
}
