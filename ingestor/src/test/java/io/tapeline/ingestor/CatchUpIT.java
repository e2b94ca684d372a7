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
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.raw.RawRecord;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@KafkaTest
class CatchUpIT {

    private static final Source.Synthetic MARKET =
            Source.Synthetic.demo()
                    .withPairs(4)
                    .withEventsPerSecond(40)
                    .withBookLevels(50)
                    .withHistory(Duration.ofHours(2))
                    .withNonAsciiSymbol();
    private static final String DEPTH = "rest/depth?limit=1000";
    private static final String KLINES = "rest/klines?interval=1m";
    private static final String TICKERS = "rest/ticker/24hr";
    private static final int CANDLES = 30;
    private static final int FEW_CANDLES = 3;
    private static final Pattern ROW = Pattern.compile("\\[(\\d+),[^\\]]*\\]");

    private final KafkaCluster kafka;
    private final Topics topics;
    private final Tape tape;
    private final String prefix;

    CatchUpIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.prefix = kafka.uniquePrefix();
        this.topics = new Topics(prefix);
        this.tape = new Tape(kafka.bootstrap());
    }

    private Ingestor ingestor(SimulatedExchange exchange, Duration delay)
            throws InterruptedException {
        return ingestor(
                BinanceSettings.ofDefaults(exchange.restUrl(), exchange.wsUrl(), List.of())
                        .withCatchUp(new CatchUpSettings(CANDLES, delay)));
    }

    private Ingestor ingestor(BinanceSettings settings) throws InterruptedException {
        return Ingestor.start(
                IngestorSettings.local("catch-up", kafka.bootstrap(), Optional.of(settings))
                        .withTopics(prefix, 2),
                Clock.systemUTC());
    }

    @Test
    void whatHappenedBeforeTheSubscriptionIsFetchedOnceAnInstrument() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
                Ingestor ingestor = ingestor(exchange, Duration.ofSeconds(1));
                HttpClient http = HttpClient.newHttpClient()) {
            int pairs = exchange.symbols().size();
            awaitFetched(ingestor, pairs, 1);
            Map<String, Long> asked = new TreeMap<>();
            exchange.requests()
                    .entries()
                    .forEach(e -> asked.merge(kind(e.target()), 1L, Long::sum));
            assertThat(asked)
                    .isEqualTo(
                            Map.of(
                                    "depth", (long) pairs,
                                    "exchangeInfo", 1L,
                                    "klines", (long) pairs,
                                    "ticker/24hr", (long) pairs));
            for (String symbol : exchange.symbols()) {
                Instrument instrument = Instrument.binance(symbol);
                assertThat(of(instrument, topics.rawDepth(), DEPTH))
                        .singleElement()
                        .satisfies(snapshot ->
                                assertThat(text(snapshot)).startsWith("{\"lastUpdateId\":"));
                assertThat(of(instrument, topics.rawTickers(), TICKERS))
                        .singleElement()
                        .satisfies(ticker ->
                                assertThat(text(ticker))
                                        .startsWith("{\"symbol\":\"" + symbol + "\""));
                List<String> published =
                        of(instrument, topics.rawKlines(), KLINES).stream()
                                .map(CatchUpIT::text)
                                .toList();
                assertThat(published).hasSize(CANDLES - 1);
                // A minute may have ended since: what was published is whole by now in any case.
                assertThat(rows(http, exchange, instrument)).containsAll(published);
                assertThat(openTime(published.getLast()))
                        .isLessThan(Clock.systemUTC().millis() / 60_000 * 60_000);
            }
            assertThat(ingestor.counters().snapshot())
                    .containsEntry("catch_ups", 2L * pairs + 1)
                    .containsEntry("catch_ups_dropped", 0L)
                    .containsEntry("catch_ups_failed", 0L)
                    .containsEntry("failed", 0L);
        }
    }

    @Test
    void whatHappenedBetweenTwoConnectionsIsFetchedAgain() throws Exception {
        SimulatorSettings shortLived =
                SimulatorSettings.of(MARKET)
                        .withLimits(Limits.real().withLifetime(Duration.ofSeconds(8)));
        try (SimulatedExchange exchange = SimulatedExchange.start(shortLived);
                Ingestor ingestor = ingestor(exchange, Duration.ofSeconds(1))) {
            int pairs = exchange.symbols().size();
            awaitFetched(ingestor, pairs, 1);
            Await.until(
                    "all was fetched once more",
                    () ->
                            count(topics.rawDepth(), DEPTH) >= 2 * pairs
                                    && count(topics.rawTickers(), TICKERS) >= 2 * pairs
                                    && count(topics.rawKlines(), KLINES)
                                            >= pairs * (CANDLES - 1 + FEW_CANDLES),
                    () -> ingestor.counters().snapshot());
            assertThat(ingestor.counters().get(Count.CONNECTED)).isEqualTo(2);
            for (String symbol : exchange.symbols()) {
                Instrument instrument = Instrument.binance(symbol);
                assertThat(of(instrument, topics.rawDepth(), DEPTH)).hasSize(2);
                assertThat(of(instrument, topics.rawTickers(), TICKERS)).hasSize(2);
                // A moment was missed: only the candles that may have ended in it are fetched.
                assertThat(of(instrument, topics.rawKlines(), KLINES))
                        .hasSize(CANDLES - 1 + FEW_CANDLES);
            }
        }
    }

    @Test
    void aSnapshotThatWasAskedForServesTheSubscriptionToo() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
                Ingestor ingestor = ingestor(exchange, Duration.ofSeconds(6))) {
            Instrument asked = Instrument.binance(exchange.symbols().getFirst());
            Await.until(
                    "subscribed",
                    () -> ingestor.lines().getFirst().phase() == BinanceLine.Phase.STREAMING);
            tape.write(
                    topics.resync(),
                    asked.id(),
                    ResyncRequest.newBuilder()
                            .setInstrument(asked.id())
                            .setKind(ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT)
                            .setAfterUpdateId(1)
                            .build());
            awaitFetched(ingestor, exchange.symbols().size(), 1);
            for (String symbol : exchange.symbols()) {
                assertThat(of(Instrument.binance(symbol), topics.rawDepth(), DEPTH)).hasSize(1);
            }
            assertThat(ingestor.counters().get(Count.RESYNCS)).isEqualTo(1);
        }
    }

    @Test
    void tickersOfManyInstrumentsComeByOneRequestAndOnlyThoseFollowedArePublished()
            throws Exception {
        SimulatorSettings many = SimulatorSettings.of(MARKET.withPairs(42));
        try (SimulatedExchange exchange = SimulatedExchange.start(many)) {
            List<String> followed = exchange.symbols().subList(0, 40);
            BinanceSettings tickers =
                    BinanceSettings.of(
                                    exchange.restUrl(),
                                    exchange.wsUrl(),
                                    followed,
                                    List.of("ticker"),
                                    ExchangeTimeUnit.MILLISECONDS)
                            .withCatchUp(new CatchUpSettings(CANDLES, Duration.ofSeconds(1)));
            try (Ingestor ingestor = ingestor(tickers)) {
                Await.until(
                        "tickers",
                        () -> count(topics.rawTickers(), TICKERS) >= followed.size(),
                        () -> ingestor.counters().snapshot());
            }
            assertThat(tape.raw(topics.rawTickers()).getOrDefault(TICKERS, List.of()))
                    .extracting(record -> record.instrument().symbol())
                    .containsExactlyInAnyOrderElementsOf(followed);
            assertThat(exchange.requests().entries())
                    .extracting(entry -> entry.target())
                    .containsExactly("/api/v3/exchangeInfo", "/api/v3/ticker/24hr");
        }
    }

    /** Until so many rounds of everything stand in the topics. */
    private void awaitFetched(Ingestor ingestor, int pairs, int rounds) {
        Await.until(
                "all was fetched " + rounds + " times",
                () ->
                        count(topics.rawDepth(), DEPTH) >= rounds * pairs
                                && count(topics.rawTickers(), TICKERS) >= rounds * pairs
                                && count(topics.rawKlines(), KLINES)
                                        >= rounds * pairs * (CANDLES - 1),
                () -> ingestor.counters().snapshot());
    }

    private int count(Topic<byte[]> topic, String stream) {
        return tape.raw(topic).getOrDefault(stream, List.of()).size();
    }

    private List<RawRecord> of(Instrument instrument, Topic<byte[]> topic, String stream) {
        return tape.raw(topic).getOrDefault(stream, List.of()).stream()
                .filter(record -> record.instrument().equals(instrument))
                .toList();
    }

    private static List<String> rows(
            HttpClient http, SimulatedExchange exchange, Instrument instrument) throws Exception {
        String body =
                http.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        exchange.restUrl()
                                                                + "/api/v3/klines?interval=1m"
                                                                + "&limit=60&symbol="
                                                                + URLEncoder.encode(
                                                                        instrument.symbol(),
                                                                        StandardCharsets.UTF_8)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        return ROW.matcher(body).results().map(MatchResult::group).toList();
    }

    private static long openTime(String row) {
        return Long.parseLong(row.substring(1, row.indexOf(',')));
    }

    private static String kind(String target) {
        return target.replaceFirst("^/api/v3/", "").replaceFirst("\\?.*", "");
    }

    private static String text(RawRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
