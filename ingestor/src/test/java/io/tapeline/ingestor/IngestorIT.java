package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@KafkaTest
class IngestorIT {

    private static final int PARTITIONS = 3;
    private static final Source.Synthetic MARKET =
            Source.Synthetic.demo()
                    .withPairs(4)
                    .withEventsPerSecond(200)
                    .withBookLevels(100)
                    .withHistory(Duration.ofHours(2))
                    .withNonAsciiSymbol();
    private static final List<String> STREAMS =
            List.of(
                    "kline_1m",
                    "ticker",
                    "depth@100ms",
                    "!miniTicker@arr",
                    "depth20",
                    "bookTicker");

    /** What is fetched in these tests is fetched because it was asked for. */
    private static final CatchUpSettings NO_CATCH_UP = new CatchUpSettings(0, Duration.ofDays(1));

    private final KafkaCluster kafka;
    private final Topics topics;
    private final Tape tape;
    private final String prefix;

    IngestorIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.prefix = kafka.uniquePrefix();
        this.topics = new Topics(prefix);
        this.tape = new Tape(kafka.bootstrap());
    }

    private Ingestor ingestor(SimulatedExchange exchange, List<String> symbols)
            throws InterruptedException {
        return Ingestor.start(
                IngestorSettings.local(
                                "test",
                                kafka.bootstrap(),
                                Optional.of(
                                        BinanceSettings.of(
                                                        exchange.restUrl(),
                                                        exchange.wsUrl(),
                                                        symbols,
                                                        STREAMS,
                                                        ExchangeTimeUnit.MILLISECONDS)
                                                .withCatchUp(NO_CATCH_UP)))
                        .withTopics(prefix, PARTITIONS),
                Clock.systemUTC());
    }

    private static void awaitStreaming(Ingestor ingestor) {
        Await.until(
                "every line is streaming",
                () ->
                        ingestor.lines().stream()
                                .allMatch(line -> line.phase() == BinanceLine.Phase.STREAMING),
                ingestor::lines);
    }

    @Test
    void theRawTopicsHoldTheExchangesBytesVerbatim() throws Exception {
        SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
        Ingestor ingestor = ingestor(exchange, List.of());
        List<String> symbols = exchange.symbols();
        try (ingestor) {
            awaitStreaming(ingestor);
            Await.until(
                    "each stream has brought something",
                    () -> exchange.ledger().streams().size() == symbols.size() * 5 + 1,
                    () -> exchange.ledger().counts());
            Await.until(
                    "a thousand events",
                    () -> ingestor.counters().get(Count.PUBLISHED) > 1_000,
                    () -> ingestor.counters().snapshot());
            exchange.close(); // what it has sent is on its way, and must arrive
            Await.until(
                    "the connection's end is seen",
                    () -> ingestor.counters().get(Count.DISCONNECTED) > 0,
                    () -> ingestor.counters().snapshot());
        }

        Map<String, List<String>> sent = new TreeMap<>();
        Map<String, List<String>> arrived = new TreeMap<>();
        for (String symbol : symbols) {
            String lower = symbol.toLowerCase(Locale.ROOT);
            for (String suffix :
                    List.of("kline_1m", "ticker", "depth@100ms", "depth20", "bookTicker")) {
                String stream = lower + "@" + suffix;
                sent.put(stream, ledger(exchange, stream));
            }
        }
        List.of(topics.rawKlines(), topics.rawTickers(), topics.rawDepth())
                .forEach(topic -> tape.raw(topic).forEach((s, r) -> arrived.put(s, payloads(r))));
        List<String> elements =
                Objects.requireNonNull(arrived.remove("!miniTicker@arr"), "no miniTicker came");
        assertThat(arrived).isEqualTo(sent);
        assertThat(symbols).anyMatch(symbol -> !symbol.chars().allMatch(c -> c < 128));

        // Each array's elements, whatever partition they went to.
        String arrays = String.join("", ledger(exchange, "!miniTicker@arr"));
        assertThat(elements).isNotEmpty().allMatch(arrays::contains);
        assertThat(elements.stream().mapToInt(e -> e.length() + 1).sum())
                .isEqualTo(arrays.length() - exchange.ledger().entries("!miniTicker@arr").size());
        assertThat(ingestor.counters().snapshot())
                .containsEntry("dropped", 0L)
                .containsEntry("failed", 0L)
                .containsEntry("malformed", 0L)
                .containsEntry("unknown", 0L)
                .containsEntry("published", ingestor.counters().get(Count.EVENTS));
    }

    @Test
    void everyRecordIsInItsInstrumentsPartitionAndSaysWhereItCameFrom() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
                Ingestor ingestor = ingestor(exchange, List.of("btcusdt", "NOSUCHPAIR"))) {
            awaitStreaming(ingestor);
            Await.until("events", () -> ingestor.counters().get(Count.PUBLISHED) > 20);
        }
        Instrument btc = Instrument.binance("BTCUSDT");
        List<ConsumerRecord<byte[], byte[]>> records = tape.records(topics.rawDepth());
        assertThat(records)
                .isNotEmpty()
                .allSatisfy(record -> {
                    assertThat(record.key())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("binance:BTCUSDT");
                    assertThat(record.partition())
                            .isEqualTo(InstrumentPartitioner.partitionOf(btc, PARTITIONS));
                });
        List<RawRecord> raw = tape.raw(topics.rawDepth()).get("btcusdt@depth@100ms");
        assertThat(raw)
                .isNotEmpty()
                .allSatisfy(record -> {
                    assertThat(record.line()).isEqualTo("a");
                    assertThat(record.unit()).isEqualTo(ExchangeTimeUnit.MILLISECONDS);
                });
        List<InstrumentInfo> registry = tape.values(topics.instruments());
        assertThat(registry)
                .hasSize(4)
                .filteredOn(InstrumentInfo::getStreamed)
                .extracting(InstrumentInfo::getInstrument)
                .containsExactly("binance:BTCUSDT");
    }

    @Test
    void aConnectionThatTheExchangeClosesIsMadeAgainAndNothingIsSentTwice() throws Exception {
        SimulatorSettings shortLived =
                SimulatorSettings.of(MARKET)
                        .withLimits(Limits.real().withLifetime(Duration.ofSeconds(3)));
        SimulatedExchange exchange = SimulatedExchange.start(shortLived);
        try (Ingestor ingestor = ingestor(exchange, List.of())) {
            Await.until(
                    "three connections, one after the other",
                    () -> ingestor.counters().get(Count.CONNECTED) >= 3,
                    () -> ingestor.counters().snapshot());
            awaitStreaming(ingestor);
            exchange.close();
        }
        Map<String, List<RawRecord>> depth = tape.raw(topics.rawDepth());
        for (String symbol : exchange.symbols()) {
            String stream = symbol.toLowerCase(Locale.ROOT) + "@depth@100ms";
            // What was written to a socket that was then closed may be lost; nothing else is.
            assertThat(ledger(exchange, stream))
                    .containsSubsequence(payloads(depth.getOrDefault(stream, List.of())));
        }
    }

    @Test
    void aRequestForASnapshotIsAnsweredThroughTheRawTopic() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
                Ingestor ingestor = ingestor(exchange, List.of())) {
            String symbol = exchange.symbols().getLast();
            Instrument instrument = Instrument.binance(symbol);
            awaitStreaming(ingestor);
            for (int i = 0; i < 3; i++) {
                tape.write(
                        topics.resync(),
                        instrument.id(),
                        ResyncRequest.newBuilder()
                                .setInstrument(instrument.id())
                                .setKind(ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT)
                                .setAfterUpdateId(1)
                                .build());
            }
            tape.write(
                    topics.resync(),
                    "binance:BTCUSDT",
                    ResyncRequest.newBuilder()
                            .setInstrument("binance:BTCUSDT")
                            .setKind(ResyncKind.RESYNC_KIND_KLINES)
                            .setInterval("1m")
                            .setFromUs(minutesAgo(10))
                            .setToUs(minutesAgo(6))
                            .build());
            tape.write(
                    topics.resync(),
                    "binance:BTCUSDT",
                    ResyncRequest.newBuilder()
                            .setInstrument("binance:BTCUSDT")
                            .setKind(ResyncKind.RESYNC_KIND_DEPTH_AUDIT)
                            .build());
            Await.until(
                    "a look",
                    () ->
                            tape.raw(topics.rawDepth())
                                    .containsKey("rest/depth?limit=100&purpose=audit"),
                    () -> ingestor.counters().snapshot());
            Await.until(
                    "a snapshot",
                    () -> tape.raw(topics.rawDepth()).containsKey("rest/depth?limit=1000"),
                    () -> ingestor.counters().snapshot());
            Await.until(
                    "candles",
                    () -> tape.raw(topics.rawKlines()).containsKey("rest/klines?interval=1m"),
                    () -> ingestor.counters().snapshot());

            RawRecord snapshot =
                    tape.raw(topics.rawDepth())
                            .getOrDefault("rest/depth?limit=1000", List.of())
                            .getFirst();
            assertThat(snapshot.instrument()).isEqualTo(instrument);
            assertThat(new String(snapshot.payload(), StandardCharsets.UTF_8))
                    .startsWith("{\"lastUpdateId\":")
                    .endsWith("]]}");
            assertThat(tape.raw(topics.rawKlines()).get("rest/klines?interval=1m"))
                    .hasSize(5)
                    .allSatisfy(r -> assertThat(r.line()).isEqualTo("rest"));
        }
    }

    @Test
    void theInternalServerTellsTheStatusAndFetchesCandles() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
                Ingestor ingestor = ingestor(exchange, List.of());
                HttpClient http = HttpClient.newHttpClient()) {
            awaitStreaming(ingestor);
            Await.until("events", () -> ingestor.counters().get(Count.PUBLISHED) > 0);
            IngestorStatus status =
                    IngestorStatus.parseFrom(get(http, ingestor, "/internal/status").body());
            assertThat(status.getInstance()).isEqualTo("test");
            assertThat(status.getLines(0).getState()).isEqualTo("STREAMING");
            assertThat(status.getLines(0).getStreams()).isEqualTo(21);
            assertThat(status.getCountersMap()).containsKeys("frames", "published", "dropped");

            String symbol = URLEncoder.encode(exchange.symbols().getLast(), StandardCharsets.UTF_8);
            CandlesAnswer candles =
                    CandlesAnswer.parseFrom(
                            get(
                                            http,
                                            ingestor,
                                            "/internal/klines/binance/"
                                                    + symbol
                                                    + "?interval=1m&limit=5")
                                    .body());
            assertThat(candles.getItemsList()).hasSize(5);
            assertThat(get(http, ingestor, "/internal/klines/binance/NOSUCH").statusCode())
                    .isEqualTo(404);
            HttpResponse<byte[]> refused =
                    get(http, ingestor, "/internal/klines/binance/BTCUSDT?limit=5000");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .isEqualTo("limit: \"5000\" is not a number from 1 to 1000");
            Topic<byte[]> klines = topics.rawKlines();
            Await.until(
                    "the candles in the topic",
                    () ->
                            tape.raw(klines)
                                            .getOrDefault(
                                                    "rest/klines?interval=1m&purpose=history",
                                                    List.of())
                                            .size()
                                    == 5);
        }
    }

    private static HttpResponse<byte[]> get(HttpClient http, Ingestor ingestor, String target)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + ingestor.httpPort() + target))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static long minutesAgo(int minutes) {
        long now = Clock.systemUTC().millis() / 60_000;
        return (now - minutes) * 60_000_000;
    }

    private static List<String> ledger(SimulatedExchange exchange, String stream) {
        return exchange.ledger().entries(stream).stream()
                .map(entry -> new String(entry.payload(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** A character for each byte, so that equal texts are equal bytes. */
    private static List<String> payloads(List<RawRecord> records) {
        List<String> payloads = new ArrayList<>();
        records.forEach(
                record -> payloads.add(new String(record.payload(), StandardCharsets.ISO_8859_1)));
        return payloads;
    }
}
