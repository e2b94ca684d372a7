package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.Payloads;
import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole topology without a broker, with one pair, and what it has told. */
abstract class TopologyFixture {

    static final Instrument BTC = Instrument.binance("BTCUSDT");
    static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    static final long MINUTE = 60_000;
    static final long OPEN = START.toEpochMilli();
    final Topics topics = new Topics("t.");
    final FlowCounters counters = new FlowCounters();

    @TempDir Path stateDir;

    TopologyTestDriver driver;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver =
                new TopologyTestDriver(
                        new AggregatorTopology(
                                        topics,
                                        new BookSync(SyncSettings.DEFAULT),
                                        new CandleArbiter(1_500),
                                        new PriceArbiter(Duration.ofSeconds(10)),
                                        counters)
                                .build(),
                        config,
                        START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    void send(Topic<byte[]> topic, String stream, byte[] payload) {
        RawRecord raw =
                new RawRecord(
                        BTC,
                        payload,
                        stream,
                        stream.startsWith("rest/") ? "rest" : "a",
                        EpochNanos.of(START),
                        ExchangeTimeUnit.MILLISECONDS);
        send(topic, BTC.id().getBytes(StandardCharsets.UTF_8), payload, RawHeaders.of(raw));
    }

    void send(Topic<byte[]> topic, byte[] key, byte[] payload, Headers headers) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, payload, headers, START));
    }

    <V> List<V> told(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new ByteArrayDeserializer(), topic.serde().deserializer())
                .readValuesToList();
    }

    void depth(long first, long last, String bid) {
        send(
                topics.rawDepth(),
                "btcusdt@depth@100ms",
                Payloads.update("BTCUSDT", first, last, List.of(bid), List.of()));
    }

    void snapshot(long id) {
        send(
                topics.rawDepth(),
                "rest/depth?limit=5000",
                Payloads.snapshot(id, List.of("99 1"), List.of("101 1")));
    }

    void kline(long minute, boolean closed) {
        send(
                topics.rawKlines(),
                "btcusdt@kline_1m",
                Payloads.kline(
                        "BTCUSDT",
                        OPEN + minute * MINUTE,
                        OPEN + minute * MINUTE + 1,
                        "10",
                        closed));
    }

    void restKlines(long firstMinute, long lastMinute) {
        restKlines("rest/klines?interval=1m", firstMinute, lastMinute);
    }

    void restKlines(String stream, long firstMinute, long lastMinute) {
        for (long minute = firstMinute; minute <= lastMinute; minute++) {
            send(topics.rawKlines(), stream, Payloads.restKline(OPEN + minute * MINUTE, "9"));
        }
    }

    static long us(long minute) {
        return (OPEN + minute * MINUTE) * 1_000;
    }

    void rate(String instrument, String stream, String line, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        RawRecord raw =
                new RawRecord(
                        Instrument.parse(instrument),
                        bytes,
                        stream,
                        line,
                        EpochNanos.of(START),
                        ExchangeTimeUnit.MILLISECONDS);
        send(
                topics.rawTickers(),
                instrument.getBytes(StandardCharsets.UTF_8),
                bytes,
                RawHeaders.of(raw));
    }

    /** By {@link LineFlow}'s order. */
    List<Long> line(Venue venue, String line, LineKind kind) {
        LineTally tally = counters.lines().of(venue, line, kind);
        assertThat(tally.of(LineFlow.RECEIVED))
                .isEqualTo(
                        tally.of(LineFlow.FIRST)
                                + tally.of(LineFlow.DUPLICATES)
                                + tally.of(LineFlow.LATE)
                                + tally.of(LineFlow.HELD)
                                + tally.of(LineFlow.PASSED_OVER)
                                + tally.of(LineFlow.MALFORMED));
        return Arrays.stream(LineFlow.values()).map(tally::of).toList();
    }
}
