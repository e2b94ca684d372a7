package io.tapeline.capture;

import io.tapeline.capture.files.TapeFiles;
import io.tapeline.capture.files.TapeReader;
import io.tapeline.capture.tape.LineFormat;
import io.tapeline.capture.tape.RawTopic;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Raw topics of a prefix of their own, and records in them. */
final class RawMarket implements AutoCloseable {

    private static final int PARTITIONS = 3;

    /** What is written bears times long past, which Kafka would delete by while a test runs. */
    private static final Map<String, String> KEPT_FOR_EVER =
            Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

    private static final long START = 1_780_000_000_000_000_000L;

    private final KafkaCluster cluster;
    private final String prefix;
    private final Topics topics;
    private final Producer<byte[], byte[]> producer;

    RawMarket(KafkaCluster cluster) {
        this.cluster = cluster;
        this.prefix = cluster.uniquePrefix();
        this.topics = new Topics(prefix);
        cluster.createTopics(
                Stream.of(topics.rawKlines(), topics.rawTickers(), topics.rawDepth())
                        .map(topic ->
                                new NewTopic(topic.name(), PARTITIONS, (short) 1)
                                        .configs(KEPT_FOR_EVER))
                        .toList());
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                cluster.bootstrap(),
                                "linger.ms",
                                5,
                                "max.in.flight.requests.per.connection",
                                1),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** The words that every command needs for these topics. */
    List<String> words(Object... more) {
        List<String> words =
                new ArrayList<>(List.of("--bootstrap", cluster.bootstrap(), "--prefix", prefix));
        Stream.of(more).map(Object::toString).forEach(words::add);
        return words;
    }

    void write(List<TapeLine> lines) {
        for (TapeLine line : lines) {
            RawRecord record = line.record();
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    line.topic().in(topics),
                                    null,
                                    record.received().value() / 1_000_000,
                                    record.instrument().id().getBytes(StandardCharsets.UTF_8),
                                    record.payload(),
                                    RawHeaders.of(record)));
        }
        producer.flush();
    }

    /** A record that is none: it has no headers. */
    void writeMalformed() {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topics.rawDepth().name(), new byte[] {'x'}, new byte[] {'y'}));
        producer.flush();
    }

    /** Records of all venues, topics and kinds, each received a millisecond after the last. */
    static List<TapeLine> records(long seed, int count) {
        Random random = new Random(seed);
        List<TapeLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(record(random.nextInt(7), i, random));
        }
        return lines;
    }

    private static TapeLine record(int kind, int i, Random random) {
        String symbol = "S" + random.nextInt(9) + "USDT";
        String stream = symbol.toLowerCase(Locale.ROOT);
        String line = random.nextBoolean() ? "a" : "b";
        return switch (kind) {
            case 0 -> of(RawTopic.KLINES, "binance:" + symbol, stream + "@kline_1m", line, i);
            case 1 -> of(RawTopic.TICKERS, "binance:" + symbol, stream + "@ticker", line, i);
            case 2 -> of(RawTopic.DEPTH, "binance:" + symbol, "rest/depth?limit=5000", "rest", i);
            case 3 ->
                    of(RawTopic.TICKERS, "deribit:btc_usd", "deribit_price_index.btc_usd", line, i);
            case 4 ->
                    of(
                            RawTopic.TICKERS,
                            "coingecko:usd-coin-eur",
                            "rest/simple/price?ids=usd-coin&vs_currencies=eur",
                            "rest",
                            i);
            default -> of(RawTopic.DEPTH, "binance:" + symbol, stream + "@depth@100ms", line, i);
        };
    }

    private static TapeLine of(RawTopic topic, String key, String stream, String line, int i) {
        return new TapeLine(
                topic,
                new RawRecord(
                        Instrument.parse(key),
                        ("{\"number\": " + i + (i % 50 == 0 ? ",\n" : ",") + "\"p\":1.2e-08}")
                                .getBytes(StandardCharsets.UTF_8),
                        stream,
                        line,
                        new EpochNanos(START + i * 1_000_000L),
                        i % 3 == 0
                                ? ExchangeTimeUnit.MICROSECONDS
                                : ExchangeTimeUnit.MILLISECONDS));
    }

    static List<String> texts(List<TapeLine> lines) {
        return lines.stream()
                .map(line -> new String(LineFormat.write(line), StandardCharsets.UTF_8))
                .toList();
    }

    /** The lines of all finished files of a directory. */
    static List<String> captured(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path tape : TapeFiles.finished(directory)) {
            try (var reader = new TapeReader(tape)) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    lines.add(new String(line, StandardCharsets.UTF_8));
                }
            }
        }
        return lines;
    }

    @Override
    public void close() {
        producer.close();
    }
}
