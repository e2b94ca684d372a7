package io.tapeline.ingestor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.Tape;
import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

@KafkaTest
class PublishingIT {

    private static final int EVENTS = 50_000;

    private final KafkaCluster kafka;

    PublishingIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void whatTheBufferCannotHoldIsCountedAndInTheLedgerOfGaps() throws Exception {
        Topics topics = new Topics(kafka.uniquePrefix());
        TopicSetup.ensure(kafka.admin(), topics, 1, (short) 1);
        IngestorCounters counters = new IngestorCounters();
        Tape tape = new Tape(kafka.bootstrap());
        // Four batches in all: it overflows as soon as the broker is slower than this loop.
        ProducerSettings tiny =
                ProducerSettings.ofDefaults(kafka.bootstrap()).withBuffer(32 << 10, 8 << 10);
        try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
                Publishing publishing =
                        Publishing.start(
                                tiny,
                                "test",
                                topics,
                                1,
                                counters,
                                "test",
                                Clock.systemUTC(),
                                scheduler)) {
            RawRoute route =
                    publishing
                            .publisher()
                            .route(
                                    Instrument.binance("BTCUSDT"),
                                    EventKind.DEPTH,
                                    BinanceSpan.ofStream(
                                            EventKind.DEPTH, ExchangeTimeUnit.MILLISECONDS),
                                    "btcusdt@depth",
                                    "a",
                                    ExchangeTimeUnit.MILLISECONDS);
            long longest = 0;
            for (int id = 1; id <= EVENTS; id++) {
                long before = System.nanoTime();
                route.publish(event(id), 1);
                longest = Math.max(longest, System.nanoTime() - before);
            }
            System.out.printf("longest call: %d us%n", longest / 1_000);
            Await.until("the gap is written", () -> counters.get(Count.GAPS) > 0);
            Await.until(
                    "every event is accounted for",
                    () ->
                            counters.get(Count.PUBLISHED) + counters.get(Count.DROPPED)
                                    == counters.get(Count.EVENTS),
                    counters::snapshot);
        }
        Set<Integer> arrived = new HashSet<>();
        tape.records(topics.rawDepth())
                .forEach(record ->
                        arrived.add(
                                Integer.parseInt(
                                        new String(record.value(), StandardCharsets.UTF_8)
                                                .replaceAll(".*\"u\":(\\d+).*", "$1"))));
        assertThat(arrived).hasSize(Math.toIntExact(counters.get(Count.PUBLISHED)));
        assertThat(counters.get(Count.DROPPED)).isPositive();

        List<Gap> gaps = tape.values(topics.gaps());
        long noted =
                gaps.stream()
                        .mapToLong(gap ->
                                Long.parseLong(
                                        gap.getCause().replaceAll(".*, (\\d+) events", "$1")))
                        .sum();
        assertThat(noted).isEqualTo(counters.get(Count.DROPPED));
        assertThat(gaps)
                .allSatisfy(gap -> {
                    assertThat(gap.getInstrument()).isEqualTo("binance:BTCUSDT");
                    assertThat(gap.getKind()).isEqualTo(GapKind.GAP_KIND_DEPTH);
                    assertThat(gap.getOutcome()).isEqualTo(GapOutcome.GAP_OUTCOME_UNFILLABLE);
                    assertThat(gap.getCause()).startsWith("producer buffer full");
                });
        for (int id = 1; id <= EVENTS; id++) {
            int lost = id;
            if (!arrived.contains(id)) {
                assertThat(gaps)
                        .as("event %s", lost)
                        .anyMatch(gap -> gap.getFrom() <= lost && lost <= gap.getTo());
            }
        }
    }

    private static byte[] event(int id) {
        return ("{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":"
                        + id
                        + ",\"u\":"
                        + id
                        + ",\"b\":[],\"a\":[]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
