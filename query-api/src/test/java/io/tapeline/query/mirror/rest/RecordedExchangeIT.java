package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.binance.BinanceTickers;
import io.tapeline.schemas.binance.ExchangeInfoDecoder;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.TickerCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of the real exchange, read as Tapeline reads them and asked of the mirror: they are the
 * same again, each field and each digit. Recordings lie beside the repository or where {@code
 * TAPELINE_DATA} says; without them there is nothing to compare.
 */
final class RecordedExchangeIT {

    private static final Trust LIVE =
            Trust.newBuilder().setState("LIVE").setUpdateId(9_087_654_321L).build();

    @TempDir private Path directory;

    private static Stream<Path> recording() {
        String told = System.getenv("TAPELINE_DATA");
        Path folder = told == null ? Path.of("..", "..", "shared", "data") : Path.of(told);
        return Stream.of(folder.resolve("binance-rest").resolve("http.json.gz"))
                .filter(Files::exists);
    }

    private static JsonNode routes(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return JsonMapper.shared().readTree(in).get("routes");
        }
    }

    @TestFactory
    Stream<DynamicTest> theMirrorAnswersAsTheExchangeDid() {
        return recording()
                .map(file ->
                        dynamicTest(
                                "klines, depth, ticker/24hr and exchangeInfo", () -> check(file)));
    }

    private void check(Path file) throws IOException, MalformedPayload {
        JsonNode routes = routes(file);
        try (MirrorServer server = new MirrorServer(directory)) {
            JsonNode info = only(routes, "exchangeInfo", "").get("data");
            for (InstrumentInfo each :
                    ExchangeInfoDecoder.decode(
                            info.toString().getBytes(StandardCharsets.UTF_8), new EpochMicros(1))) {
                server.registry.put(Instrument.parse(each.getInstrument()), each);
            }
            symbols(server, info);
            klines(server, routes);
            depth(server, routes);
            tickers(server, routes);
        }
    }

    private static JsonNode only(JsonNode routes, String path, String query) {
        for (JsonNode each : routes.get("/api/v3/" + path).get("GET")) {
            if (each.get("queryString").asString().contains(query)) {
                return each;
            }
        }
        throw new AssertionError("no recording of " + path + "?" + query);
    }

    private static JsonNode answer(MirrorServer server, String target) {
        return JsonMapper.shared().readTree(server.get(target).body());
    }

    /** All but the trading groups, which are left out. */
    private static void symbols(MirrorServer server, JsonNode info) {
        JsonNode mirrored = answer(server, "exchangeInfo").get("symbols");
        assertThat(mirrored.size()).isEqualTo(25).isEqualTo(info.get("symbols").size());
        for (JsonNode symbol : info.get("symbols")) {
            JsonNode told =
                    mirrored.valueStream()
                            .filter(each -> each.get("symbol").equals(symbol.get("symbol")))
                            .findAny()
                            .orElseThrow();
            JsonNode sets = ((ObjectNode) told).remove("permissionSets");
            JsonNode wholeSets = ((ObjectNode) symbol).remove("permissionSets");
            assertThat(told).isEqualTo(symbol);
            assertThat(sets.get(0).valueStream().toList())
                    .isEqualTo(
                            wholeSets
                                    .get(0)
                                    .valueStream()
                                    .filter(each -> !each.asString().startsWith("TRD_GRP_"))
                                    .toList());
        }
    }

    private static RawRecord record(String symbol, String stream, JsonNode payload) {
        return new RawRecord(
                Instrument.binance(symbol),
                payload.toString().getBytes(StandardCharsets.UTF_8),
                stream,
                "a",
                new EpochNanos(1_800_000_000_000_000_000L),
                ExchangeTimeUnit.MILLISECONDS);
    }

    private static void klines(MirrorServer server, JsonNode routes) throws MalformedPayload {
        Instrument btc = Instrument.binance("BTCUSDT");
        JsonNode recorded = only(routes, "klines", "interval=1m&startTime=1588740088000");
        List<Candle> minutes = new ArrayList<>();
        for (JsonNode row : recorded.get("data")) {
            minutes.add(BinanceKlines.decode(record("BTCUSDT", "rest/klines?interval=1m", row)));
        }
        server.recorded.put(btc, minutes);
        assertThat(minutes).hasSize(60);
        assertThat(answer(server, "klines?" + recorded.get("queryString").asString()))
                .isEqualTo(recorded.get("data"));
    }

    private static void depth(MirrorServer server, JsonNode routes) throws MalformedPayload {
        JsonNode recorded = only(routes, "depth", "limit=1000");
        DepthSnapshot snapshot =
                (DepthSnapshot)
                        BinanceDepth.decode(
                                record("BTCUSDT", "rest/depth?limit=1000", recorded.get("data")));
        server.aggregator.on(
                "/internal/books/binance/BTCUSDT?depth=1000",
                BookAnswer.newBuilder()
                        .setInstrument("binance:BTCUSDT")
                        .setBids(LevelsCodec.toProto(snapshot.bids()))
                        .setAsks(LevelsCodec.toProto(snapshot.asks()))
                        .setTrust(
                                LIVE.toBuilder()
                                        .setUpdateId(
                                                recorded.get("data")
                                                        .get("lastUpdateId")
                                                        .longValue()))
                        .build());
        assertThat(answer(server, "depth?" + recorded.get("queryString").asString()))
                .isEqualTo(recorded.get("data"));
    }

    private static void tickers(MirrorServer server, JsonNode routes) throws MalformedPayload {
        int compared = 0;
        for (JsonNode exchange : routes.get("/api/v3/ticker/24hr").get("GET")) {
            JsonNode data = exchange.get("data");
            if (!data.isObject()
                    || server.registry
                            .of(Instrument.binance(data.get("symbol").asString()))
                            .isEmpty()) {
                continue;
            }
            String symbol = data.get("symbol").asString();
            server.aggregator.on(
                    "/internal/tickers/binance/" + symbol,
                    TickerAnswer.newBuilder()
                            .setTicker(
                                    TickerCodec.toProto(
                                            BinanceTickers.decode(
                                                    record(symbol, "rest/ticker/24hr", data))))
                            .setTrust(LIVE.toBuilder().setState("STALE"))
                            .build());
            assertThat(answer(server, "ticker/24hr?symbol=" + symbol)).isEqualTo(data);
            compared++;
        }
        assertThat(compared).isPositive();
    }
}
