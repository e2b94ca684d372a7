package io.tapeline.ingestor.measure;

import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.BinanceSettings;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.IngestorSettings;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Frames a second from a loopback socket to acknowledged records, beside a bare producer of the
 * same records in the same run. {@code main [events]}; broker, exchange and ingestor are one
 * process.
 */
final class SocketToTopic {

    private static final int ROUNDS = 5;
    private static final int PARTITIONS = 6;
    private static final String PREFIX = "measure.";
    private static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT");

    private SocketToTopic() {}

    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
        Path data = Files.createTempDirectory("socket-to-topic");
        List<byte[]> payloads = payloads();
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(data));
                FrameCannon cannon = FrameCannon.start(SYMBOLS, payloads)) {
            broker.start();
            for (int round = 0; round < ROUNDS; round++) {
                Rate bare = bare(broker.bootstrap(), payloads, events);
                Rate ingested = ingested(broker.bootstrap(), cannon, events);
                System.out.printf(
                        "round %d: bare producer %s; socket to topic %s; rate ratio %.2f,"
                                + " process CPU ratio %.2f%n",
                        round,
                        bare,
                        ingested,
                        ingested.perSecond / bare.perSecond,
                        ingested.processNanos / bare.processNanos);
            }
        }
    }

    /**
     * On a machine that is shared, CPU time tells more than the rate.
     *
     * @param threadNanos CPU of the thread that sends, an event; of the socket's threads where they
     *     do
     * @param processNanos CPU of everything, an event: broker and the other end included
     */
    private record Rate(double perSecond, double threadNanos, double processNanos) {

        @Override
        public String toString() {
            return String.format(
                    "%,.0f/s, sending thread %,.0f ns, process %,.0f ns",
                    perSecond, threadNanos, processNanos);
        }
    }

    private record Meter(long beganNanos, long threadNanos, long processNanos, String threads) {

        static Meter start(String threads) {
            return new Meter(System.nanoTime(), cpu(threads), process(), threads);
        }

        Rate stop(int events) {
            return new Rate(
                    events * 1e9 / (System.nanoTime() - beganNanos),
                    (cpu(threads) - threadNanos) / (double) events,
                    (process() - processNanos) / (double) events);
        }

        private static long cpu(String name) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(name))
                    .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
                    .sum();
        }

        private static long process() {
            return ((com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }

    /** Depth updates of some 290 bytes, of each symbol in turn. */
    private static List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            StringBuilder levels = new StringBuilder();
            for (int level = 0; level < 4; level++) {
                levels.append(level == 0 ? "" : ",")
                        .append("[\"61")
                        .append(100 + (i * 7 + level) % 900)
                        .append('.')
                        .append(10 + (i * 31 + level * 13) % 90)
                        .append("000000\",\"0.0")
                        .append(1000 + (i * 131 + level * 977) % 9000)
                        .append("000\"]");
            }
            payloads.add(
                    ("{\"e\":\"depthUpdate\",\"E\":"
                                    + (1_723_161_253_000L + i * 100L)
                                    + ",\"s\":\""
                                    + SYMBOLS.get(i % SYMBOLS.size())
                                    + "\",\"U\":"
                                    + (50_093_239_208L + i * 16L)
                                    + ",\"u\":"
                                    + (50_093_239_223L + i * 16L)
                                    + ",\"b\":["
                                    + levels
                                    + "],\"a\":["
                                    + levels
                                    + "]}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        return payloads;
    }

    private static Rate ingested(String bootstrap, FrameCannon cannon, int events)
            throws Exception {
        IngestorSettings settings =
                IngestorSettings.local(
                                "measure",
                                bootstrap,
                                Optional.of(
                                        BinanceSettings.of(
                                                        cannon.restUrl(),
                                                        cannon.wsUrl(),
                                                        List.of(),
                                                        List.of("depth@100ms"),
                                                        ExchangeTimeUnit.MILLISECONDS)
                                                .withCatchUp(
                                                        new CatchUpSettings(
                                                                0, Duration.ofDays(1)))))
                        .withTopics(PREFIX, PARTITIONS);
        try (Ingestor ingestor = Ingestor.start(settings, Clock.systemUTC())) {
            Await.until(
                    "subscribed", () -> ingestor.lines().getFirst().subscribed() == SYMBOLS.size());
            Meter meter = Meter.start("binance-socket");
            cannon.fire(events);
            Await.until(
                    "all is acknowledged",
                    () ->
                            ingestor.counters().get(Count.PUBLISHED)
                                            + ingestor.counters().get(Count.DROPPED)
                                    == events,
                    () -> ingestor.counters().snapshot());
            Rate rate = meter.stop(events);
            if (ingestor.counters().get(Count.DROPPED) > 0) {
                System.out.println("dropped " + ingestor.counters().get(Count.DROPPED));
            }
            return rate;
        }
    }

    /** The limit: a producer set up alike, which has the very records at hand. */
    private static Rate bare(String bootstrap, List<byte[]> payloads, int events) throws Exception {
        Topics topics = new Topics(PREFIX);
        try (Ingestor makesTheTopics =
                Ingestor.start(
                        IngestorSettings.local("bare", bootstrap, Optional.empty())
                                .withTopics(PREFIX, PARTITIONS),
                        Clock.systemUTC())) {
            makesTheTopics.status();
        }
        ProducerSettings defaults = ProducerSettings.ofDefaults(bootstrap);
        LongAdder acknowledged = new LongAdder();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "acks",
                                "all",
                                "enable.idempotence",
                                true,
                                "compression.type",
                                "lz4",
                                "batch.size",
                                defaults.batchBytes(),
                                "linger.ms",
                                (int) defaults.linger().toMillis(),
                                "buffer.memory",
                                defaults.bufferBytes()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Header> headers =
                    List.of(
                            new RecordHeader(RawHeaders.STREAM, new byte[19]),
                            new RecordHeader(RawHeaders.LINE, new byte[1]),
                            new RecordHeader(RawHeaders.RECEIVED, new byte[8]),
                            new RecordHeader(RawHeaders.UNIT, new byte[2]));
            int[] partitions = new int[SYMBOLS.size()];
            byte[][] keys = new byte[SYMBOLS.size()][];
            Arrays.setAll(
                    partitions,
                    i ->
                            InstrumentPartitioner.partitionOf(
                                    Instrument.binance(SYMBOLS.get(i)), PARTITIONS));
            Arrays.setAll(
                    keys, i -> ("binance:" + SYMBOLS.get(i)).getBytes(StandardCharsets.UTF_8));
            producer.partitionsFor(topics.rawDepth().name());
            Meter meter = Meter.start("main");
            for (int i = 0; i < events; i++) {
                int symbol = i % SYMBOLS.size();
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        topics.rawDepth().name(),
                                        partitions[symbol],
                                        System.currentTimeMillis(),
                                        keys[symbol],
                                        payloads.get(i % payloads.size()),
                                        headers),
                                (_, failure) -> {
                                    if (failure == null) {
                                        acknowledged.increment();
                                    }
                                });
            }
            producer.flush();
            Rate rate = meter.stop(events);
            if (acknowledged.sum() != events) {
                throw new IllegalStateException("acknowledged " + acknowledged.sum());
            }
            return rate;
        }
    }
}
