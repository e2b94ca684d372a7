package io.tapeline.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Takes the figures of {@code docs/decisions/embedded-broker.md}: run it with a directory that is
 * empty or absent, in a JVM of its own ({@code java -Xmx512m -cp
 * target/test-classes:target/classes:... io.tapeline.kafka.BrokerFigures /tmp/figures}).
 */
final class BrokerFigures {
    private static final int ROUNDS = 5;
    private static final int RECORDS = 400_000;
    private static final Map<String, Object> DEFAULTS = Map.of("acks", "all");
    private static final Map<String, Object> TUNED =
            Map.of(
                    "acks",
                    "all",
                    "compression.type",
                    "lz4",
                    "batch.size",
                    131_072,
                    "linger.ms",
                    10,
                    "buffer.memory",
                    67_108_864L);

    private BrokerFigures() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory));
        System.out.printf("first start, new directory: %d ms%n", millis(broker::start));
        System.out.printf("resident after the start: %d MiB%n", residentMebibytes());
        new Records(broker.bootstrap()).createTopic("figures");
        List<byte[]> values = values();
        List<Long> byDefaults = new ArrayList<>();
        List<Long> tuned = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            long defaultRate = rate(broker.bootstrap(), DEFAULTS, values);
            long tunedRate = rate(broker.bootstrap(), TUNED, values);
            // The first round warms up.
            if (round > 0) {
                byDefaults.add(defaultRate);
                tuned.add(tunedRate);
            }
        }
        System.out.printf("records/s, defaults: %s%nrecords/s, tuned: %s%n", byDefaults, tuned);
        System.out.printf("resident after the load: %d MiB%n", residentMebibytes());
        System.out.printf("stop: %d ms%n", millis(broker::close));
        System.out.printf("start, warm JVM, directory with data: %d ms%n", millis(broker::start));
        broker.close();
    }

    private static long rate(String bootstrap, Map<String, Object> settings, List<byte[]> values)
            throws Exception {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrap);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.partitionsFor("figures");
            AtomicInteger acknowledged = new AtomicInteger();
            Callback count =
                    (metadata, failure) -> {
                        if (failure == null) {
                            acknowledged.incrementAndGet();
                        }
                    };
            long milliseconds =
                    millis(() -> {
                        for (int i = 0; i < RECORDS; i++) {
                            byte[] value = values.get(i % values.size());
                            var _ = producer.send(new ProducerRecord<>("figures", value), count);
                        }
                        producer.flush();
                    });
            if (acknowledged.get() != RECORDS) {
                throw new IllegalStateException(
                        "Only " + acknowledged + " of " + RECORDS + " were acknowledged");
            }
            return RECORDS * 1_000L / milliseconds;
        }
    }

    /** 300 bytes each, as alike and as different as the candle updates of one pair are. */
    private static List<byte[]> values() {
        Random random = new Random(20261121);
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String text =
                    "{\"e\":\"kline\",\"E\":%d,\"s\":\"BTCUSDT\",\"k\":{\"t\":1723161600000,\"T\":1723161659999,\"s\":\"BTCUSDT\","
                                    .formatted(1_723_161_600_000L + i * 250L)
                            + "\"i\":\"1m\",\"f\":%d,\"L\":%d,\"o\":\"61605.10000000\",\"c\":\"61%03d.%02d000000\",\"h\":\"61700.00000000\","
                                    .formatted(
                                            3_700_000_000L + i,
                                            3_700_000_100L + i,
                                            random.nextInt(1000),
                                            random.nextInt(100))
                            + "\"l\":\"61500.00000000\",\"v\":\"%d.%05d000\",\"n\":%d,\"x\":false,\"q\":\"%d.%08d\",\"B\":\"0\"}}"
                                    .formatted(
                                            random.nextInt(100),
                                            random.nextInt(100_000),
                                            random.nextInt(5_000),
                                            random.nextInt(9_000_000),
                                            random.nextInt(100_000_000));
            values.add(
                    (text + " ".repeat(300)).substring(0, 300).getBytes(StandardCharsets.US_ASCII));
        }
        return values;
    }

    private static long residentMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    private static long millis(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
