package io.tapeline.ingestor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.Tape;
import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, which is stopped and started again over the same data. */
class KafkaAwayIT {

    private static final int PARTITIONS = 3;
    private static final int INSTRUMENTS = 12;
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(2);

    @TempDir private Path data;

    private final Topics topics = new Topics("away.");
    private final IngestorCounters counters = new IngestorCounters();
    private final Map<String, List<String>> sent = new LinkedHashMap<>();
    private long longestCallNanos;

    @Test
    void aBrokerThatIsAwayForLongerThanARequestMayTakeCostsNothing() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(data))) {
            broker.start();
            ProducerSettings settings =
                    ProducerSettings.ofDefaults(broker.bootstrap())
                            .withRequestWithin(REQUEST_WITHIN);
            KafkaStart.topics(settings, "test-admin", topics, PARTITIONS, (short) 1);
            try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
                    Publishing publishing =
                            Publishing.start(
                                    settings,
                                    "test",
                                    topics,
                                    PARTITIONS,
                                    counters,
                                    "test",
                                    Clock.systemUTC(),
                                    scheduler)) {
                CountDownLatch enough = new CountDownLatch(1);
                try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                    Future<?> load = threads.submit(() -> publish(publishing, enough));
                    awaitPublished(3_000);
                    broker.close();
                    long before = counters.get(Count.PUBLISHED);
                    // Three times as long as a request may take.
                    awaitMoreEvents(REQUEST_WITHIN.multipliedBy(3));
                    assertThat(counters.get(Count.PUBLISHED)).isEqualTo(before);
                    broker.start();
                    awaitPublished(before + 10_000);
                    enough.countDown();
                    load.get(60, TimeUnit.SECONDS);
                }
                Await.until(
                        "all is acknowledged",
                        () -> counters.get(Count.PUBLISHED) == counters.get(Count.EVENTS),
                        counters::snapshot);
            }
            assertThat(counters.snapshot())
                    .containsEntry("dropped", 0L)
                    .containsEntry("failed", 0L)
                    .containsEntry("gaps", 0L);
            Tape tape = new Tape(broker.bootstrap());
            assertThat(arrived(tape)).isEqualTo(sent);
            assertThat(tape.<Gap>values(topics.gaps())).isEmpty();
            System.out.printf(
                    "Kafka away for %s: %d events, longest call %d us%n",
                    REQUEST_WITHIN.multipliedBy(3),
                    counters.get(Count.EVENTS),
                    longestCallNanos / 1_000);
        }
    }

    @Test
    void aBrokerThatStartsLaterThanTheIngestorIsWaitedFor() throws Exception {
        BrokerSettings place = BrokerSettings.in(data);
        String bootstrap;
        try (EmbeddedBroker first = new EmbeddedBroker(place)) {
            first.start();
            bootstrap = first.bootstrap();
        }
        ProducerSettings settings = ProducerSettings.ofDefaults(bootstrap);
        assertThatThrownBy(() ->
                        KafkaStart.topics(
                                settings.withStartWithin(Duration.ofSeconds(1)),
                                "test-admin",
                                topics,
                                PARTITIONS,
                                (short) 1))
                .isInstanceOf(KafkaException.class);
        int port = Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1));
        try (EmbeddedBroker later = new EmbeddedBroker(place.withPort(port));
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> made =
                    threads.submit(() -> {
                        KafkaStart.topics(settings, "test-admin", topics, PARTITIONS, (short) 1);
                        return null;
                    });
            later.start();
            made.get(60, TimeUnit.SECONDS);
            assertThat(new Tape(bootstrap).records(topics.rawDepth())).isEmpty();
        }
    }

    @Test
    void aNameThatCannotBeResolvedYetIsWaitedForToo() {
        ProducerSettings nowhere =
                ProducerSettings.ofDefaults("kafka.invalid:9092")
                        .withStartWithin(Duration.ofMillis(1_500));
        long began = System.nanoTime();
        assertThatThrownBy(() ->
                        KafkaStart.topics(nowhere, "test-admin", topics, PARTITIONS, (short) 1))
                .isInstanceOf(KafkaException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(nowhere.startWithin());
    }

    /** Some thousand events a second of several kinds, until it is enough. */
    private void publish(Publishing publishing, CountDownLatch enough) {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            for (EventKind kind : EventKind.values()) {
                streams.add(new Stream(publishing, Instrument.binance("PAIR" + i), kind));
            }
        }
        SplittableRandom random = new SplittableRandom(7);
        long number = 0;
        while (enough.getCount() > 0) {
            for (int i = 0; i < 10; i++) {
                streams.get(random.nextInt(streams.size())).publish(++number);
            }
            LockSupport.parkNanos(Duration.ofMillis(4).toNanos());
        }
    }

    private final class Stream {
        private final String name;
        private final RawRoute route;
        private final List<String> payloads = new ArrayList<>();

        Stream(Publishing publishing, Instrument instrument, EventKind kind) {
            this.name = instrument.symbol() + "@" + kind;
            this.route =
                    publishing
                            .publisher()
                            .route(
                                    instrument,
                                    kind,
                                    BinanceSpan.ofStream(kind, ExchangeTimeUnit.MILLISECONDS),
                                    name,
                                    "a",
                                    ExchangeTimeUnit.MILLISECONDS);
            sent.put(name, payloads);
        }

        void publish(long number) {
            String payload = "{\"e\":\"x\",\"E\":1,\"t\":1,\"U\":%d,\"u\":%1$d}".formatted(number);
            payloads.add(payload);
            long before = System.nanoTime();
            route.publish(
                    payload.getBytes(StandardCharsets.UTF_8),
                    System.currentTimeMillis() * 1_000_000);
            longestCallNanos = Math.max(longestCallNanos, System.nanoTime() - before);
        }
    }

    private void awaitPublished(long events) {
        Await.until(
                events + " events are acknowledged",
                () -> counters.get(Count.PUBLISHED) >= events,
                counters::snapshot);
    }

    private void awaitMoreEvents(Duration span) {
        long until = System.nanoTime() + span.toNanos();
        long before = counters.get(Count.EVENTS);
        Await.until(
                "the load goes on for " + span,
                () -> System.nanoTime() - until > 0 && counters.get(Count.EVENTS) > before + 1_000,
                counters::snapshot);
    }

    private Map<String, List<String>> arrived(Tape tape) {
        Map<String, List<String>> arrived = new LinkedHashMap<>();
        for (Topic<byte[]> topic :
                List.of(topics.rawKlines(), topics.rawTickers(), topics.rawDepth())) {
            tape.raw(topic)
                    .forEach((stream, records) ->
                            arrived.put(
                                    stream,
                                    records.stream()
                                            .map(RawRecord::payload)
                                            .map(p -> new String(p, StandardCharsets.UTF_8))
                                            .toList()));
        }
        return arrived;
    }
}
