package io.tapeline.benchmarks.live;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One pair's events, as an ingestor would write them: numbered, each with one number. */
final class BusyPair implements AutoCloseable {

    static final Instrument PAIR = Instrument.binance("BTCUSDT");
    static final long SEED = 20_261_122;

    private static final int LEVELS = 1_000;
    private static final int CHANGED = 20;
    private static final int MIDDLE = 6_185_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random = new Random(SEED);
    private final Clock clock = Clock.systemUTC();
    private long number = 1_000;
    private long bookId = number;

    BusyPair(String bootstrap) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Of the newest event. */
    long number() {
        return number;
    }

    void snapshot() {
        send(
                LiveBenchmark.TOPICS.rawDepth(),
                "rest/depth?limit=5000",
                "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
                        .formatted(number, levels(-1, LEVELS, false), levels(1, LEVELS, false)));
    }

    /** A diff of twenty levels a side, near the best. */
    void diff() {
        number++;
        long first = bookId + 1;
        bookId = number;
        send(
                LiveBenchmark.TOPICS.rawDepth(),
                "btcusdt@depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(
                                clock.millis(),
                                first,
                                number,
                                levels(-1, CHANGED, true),
                                levels(1, CHANGED, true)));
    }

    /** A ticker whose price is its number. */
    void ticker() {
        number++;
        send(
                LiveBenchmark.TOPICS.rawTickers(),
                "btcusdt@miniTicker",
                ("{\"e\":\"24hrMiniTicker\",\"E\":%d,\"s\":\"BTCUSDT\",\"c\":\"%d\",\"o\":\"1\","
                                + "\"h\":\"2\",\"l\":\"1\",\"v\":\"3\",\"q\":\"4\"}")
                        .formatted(clock.millis(), number));
    }

    private String levels(int direction, int count, boolean some) {
        StringJoiner levels = new StringJoiner(",", "[", "]");
        int at = MIDDLE;
        for (int i = 0; i < count; i++) {
            at += direction * (some ? 1 + random.nextInt(3) : 1);
            levels.add(
                    String.format(
                            Locale.ROOT,
                            "[\"%d.%02d000000\",\"%d.%05d000\"]",
                            at / 100,
                            at % 100,
                            random.nextInt(4),
                            1 + random.nextInt(99_999)));
        }
        return levels.toString();
    }

    private void send(Topic<byte[]> topic, String stream, String payload) {
        RawRecord raw =
                new RawRecord(
                        PAIR,
                        payload.getBytes(StandardCharsets.US_ASCII),
                        stream,
                        "a",
                        EpochNanos.of(Instant.now(clock)),
                        ExchangeTimeUnit.MILLISECONDS);
        EventTimes.written(number, System.nanoTime());
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic.name(),
                                null,
                                PAIR.id().getBytes(StandardCharsets.UTF_8),
                                raw.payload(),
                                RawHeaders.of(raw)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
