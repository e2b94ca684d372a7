package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tapeline.schemas.Mutants;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The exchange's own bytes, where recordings are present. */
class RecordedPayloadsTest {

    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";

    @TestFactory
    Stream<DynamicTest> depth() {
        return Recordings.test(
                "every diff is read, and none is missing between them",
                RecordedPayloadsTest::checkDepth,
                "binance-spot-btcusdt/btcusdt_20240808.gz",
                "binance-spot-btcusdt/btcusdt_20240809.gz");
    }

    private static void checkDepth(List<String> lines) throws MalformedPayload {
        List<DepthUpdate> diffs = new ArrayList<>();
        List<DepthSnapshot> snapshots = new ArrayList<>();
        for (String line : lines) {
            String text = line.substring(line.indexOf(' ') + 1);
            if (text.startsWith(DIFF)) {
                String payload = text.substring(DIFF.length(), text.length() - 1);
                diffs.add(
                        (DepthUpdate)
                                BinanceDepth.decode(
                                        Records.stream("btcusdt@depth@100ms", payload)));
            } else if (text.startsWith("{\"lastUpdateId\"")) {
                snapshots.add(
                        (DepthSnapshot)
                                BinanceDepth.decode(Records.stream("rest/depth?limit=1000", text)));
            }
        }
        assertThat(diffs).hasSize(6_495);
        assertThat(diffs.stream().mapToInt(d -> d.bids().size() + d.asks().size()).sum())
                .isEqualTo(298_111);
        assertThat(diffs).allMatch(d -> d.bids().isCompact() && d.asks().isCompact());
        for (int i = 1; i < diffs.size(); i++) {
            assertThat(diffs.get(i).firstUpdateId())
                    .isEqualTo(diffs.get(i - 1).finalUpdateId() + 1);
        }
        assertThat(snapshots)
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.lastUpdateId()).isEqualTo(50_093_239_218L);
                    assertThat(snapshot.bids().size()).isEqualTo(1_000);
                    assertThat(snapshot.asks().size()).isEqualTo(1_000);
                    assertThat(snapshot.bids().price(0)).isEqualTo(Price.of("61837.63"));
                });
    }

    @TestFactory
    Stream<DynamicTest> streams() {
        return Recordings.test(
                "messages of spot are read, those of futures and of other streams are refused",
                RecordedPayloadsTest::checkStreams,
                "binance-streams/messages.jsonl");
    }

    private static void checkStreams(List<String> lines) {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (String line : lines) {
            Object message = JsonTree.parse((String) JsonTree.field(JsonTree.parse(line), "raw"));
            if (message instanceof Map<?, ?> envelope && envelope.containsKey("data")) {
                message = JsonTree.field(message, "data");
            }
            List<Object> events =
                    message instanceof List<?> ? JsonTree.array(message) : List.of(message);
            if (message instanceof List<?>) {
                assertThat(outcome(JsonTree.write(message), "BTCUSDT")).isEqualTo("refused");
            }
            for (Object event : events) {
                Map<String, Object> fields = JsonTree.object(event);
                String symbol = fields.get("s") instanceof String s ? s : "BTCUSDT";
                String type = fields.get("e") instanceof String e ? e : "none";
                outcomes.merge(
                        type + " " + outcome(JsonTree.write(event), symbol), 1, Integer::sum);
            }
        }
        outcomes.keySet().removeIf(outcome -> outcome.endsWith(" refused"));
        assertThat(outcomes)
                .containsOnly(
                        entry("24hrMiniTicker read", 79),
                        entry("24hrTicker read", 1),
                        entry("kline read", 3));
    }

    /** How each decoder takes a payload: read by exactly one of them, or refused by all. */
    private static String outcome(String payload, String symbol) {
        RawRecord record =
                Records.of(
                        Instrument.binance(symbol),
                        symbol + "@any",
                        payload,
                        ExchangeTimeUnit.MILLISECONDS);
        int read = 0;
        for (Mutants.Decoder decoder :
                List.<Mutants.Decoder>of(
                        BinanceDepth::decode, BinanceKlines::decode, BinanceTickers::decode)) {
            try {
                decoder.decode(record);
                read++;
            } catch (MalformedPayload e) {
                assertThat(e).hasMessageContaining("field ");
            }
        }
        assertThat(read).isLessThanOrEqualTo(1);
        return read == 1 ? "read" : "refused";
    }

    @TestFactory
    Stream<DynamicTest> rest() {
        return Recordings.test(
                "klines, tickers and the snapshot of REST are read, futures' tickers refused",
                RecordedPayloadsTest::checkRest,
                "binance-rest/http.json.gz");
    }

    private static void checkRest(List<String> lines) throws MalformedPayload {
        Map<String, Object> routes =
                JsonTree.object(JsonTree.field(JsonTree.parse(String.join("\n", lines)), "routes"));
        int candles = 0;
        for (Map<String, Object> exchange : exchanges(routes, "/api/v3/klines")) {
            String query = (String) JsonTree.field(exchange, "queryString");
            String interval = query.replaceAll(".*interval=(\\w+).*", "$1");
            EpochMicros next = null;
            for (Object row : JsonTree.array(JsonTree.field(exchange, "data"))) {
                Candle candle =
                        BinanceKlines.decode(
                                Records.stream(
                                        "rest/klines?interval=" + interval, JsonTree.write(row)));
                assertThat(candle.closed()).isTrue();
                assertThat(candle.closeTime())
                        .isEqualTo(Interval.of(interval).closeTimeOf(candle.openTime()));
                assertThat(next == null || !next.isAfter(candle.openTime())).isTrue();
                next = candle.interval().next(candle.openTime());
                candles++;
            }
        }
        assertThat(candles).isEqualTo(3_396);
        int tickers = 0;
        for (Map<String, Object> exchange : exchanges(routes, "/api/v3/ticker/24hr")) {
            Object data = JsonTree.field(exchange, "data");
            for (Object element : data instanceof List<?> ? JsonTree.array(data) : List.of(data)) {
                assertThat(ticker(element).details()).isNotNull();
                tickers++;
            }
        }
        assertThat(tickers).isEqualTo(11);
        for (Map<String, Object> exchange : exchanges(routes, "/fapi/v1/ticker/24hr")) {
            Object data = JsonTree.field(exchange, "data");
            for (Object element : data instanceof List<?> ? JsonTree.array(data) : List.of(data)) {
                assertThatThrownBy(() -> ticker(element)).isInstanceOf(MalformedPayload.class);
            }
        }
        Object depth = JsonTree.field(exchanges(routes, "/api/v3/depth").getFirst(), "data");
        assertThat(
                        BinanceDepth.decode(
                                Records.stream("rest/depth?limit=1000", JsonTree.write(depth))))
                .isInstanceOfSatisfying(
                        DepthSnapshot.class,
                        snapshot -> assertThat(snapshot.asks().size()).isEqualTo(28));
        Object info = JsonTree.field(exchanges(routes, "/api/v3/exchangeInfo").getFirst(), "data");
        assertThat(instruments(JsonTree.write(info))).hasSize(25);
    }

    private static List<Map<String, Object>> exchanges(Map<String, Object> routes, String path) {
        return JsonTree.array(JsonTree.field(JsonTree.field(routes, path), "GET")).stream()
                .map(JsonTree::object)
                .toList();
    }

    private static Ticker ticker(Object element) throws MalformedPayload {
        return BinanceTickers.decode(
                Records.of(
                        Instrument.binance(
                                JsonTree.object(element).get("symbol") instanceof String s
                                        ? s
                                        : "BTCUSDT"),
                        "rest/ticker/24hr",
                        JsonTree.write(element),
                        ExchangeTimeUnit.MILLISECONDS));
    }

    @TestFactory
    Stream<DynamicTest> instruments() {
        return Recordings.test(
                "all 2,183 symbols of a full exchangeInfo are read",
                RecordedPayloadsTest::checkInstruments,
                "exchange-info/binance_spot_2023-04-10.json.gz");
    }

    private static void checkInstruments(List<String> lines) throws MalformedPayload {
        List<InstrumentInfo> instruments = instruments(String.join("\n", lines));
        assertThat(instruments).hasSize(2_183);
        assertThat(instruments)
                .filteredOn(info -> info.getStatus() == InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                .hasSizeGreaterThan(1_000)
                .allMatch(info -> !info.getTickSize().isEmpty() && !info.getStepSize().isEmpty());
        assertThat(instruments)
                .filteredOn(info -> info.getInstrument().equals("binance:ETHBTC"))
                .singleElement()
                .satisfies(info -> {
                    assertThat(info.getTickSize()).isEqualTo("0.00000100");
                    assertThat(info.getStepSize()).isEqualTo("0.00010000");
                    assertThat(info.getMinNotional()).isEqualTo("0.00010000");
                });
    }

    private static List<InstrumentInfo> instruments(String body) throws MalformedPayload {
        return ExchangeInfoDecoder.decode(
                body.getBytes(StandardCharsets.UTF_8), new EpochMicros(5));
    }
}
