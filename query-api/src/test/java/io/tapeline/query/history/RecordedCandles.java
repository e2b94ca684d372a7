package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Candles as the exchange told them, which are not part of the repository: {@code TAPELINE_DATA},
 * else a folder beside the repository. Empty where that is not.
 */
final class RecordedCandles {

    private RecordedCandles() {}

    private static Optional<Path> file(String name) {
        String told = System.getenv("TAPELINE_DATA");
        Stream<Path> folders =
                told != null
                        ? Stream.of(Path.of(told))
                        : Stream.iterate(
                                        Path.of("").toAbsolutePath(),
                                        each -> each != null,
                                        Path::getParent)
                                .map(each -> each.resolve("shared").resolve("data"));
        return folders.map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
    }

    /** Answers of {@code /api/v3/klines} of one symbol, of that interval. */
    static List<Candle> ofRest(Instrument instrument, Interval interval) throws IOException {
        List<Candle> candles = new ArrayList<>();
        Optional<Path> file = file("binance-rest/http.json.gz");
        if (file.isEmpty()) {
            return candles;
        }
        JsonNode exchanges;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file.get()))) {
            exchanges =
                    JsonMapper.shared()
                            .readTree(in)
                            .path("routes")
                            .path("/api/v3/klines")
                            .path("GET");
        }
        for (JsonNode exchange : exchanges) {
            List<String> query = List.of(exchange.path("queryString").asString().split("&"));
            if (query.contains("interval=" + interval.id())
                    && query.contains("symbol=" + instrument.symbol())) {
                for (JsonNode row : exchange.path("data")) {
                    candles.add(
                            candle(
                                    instrument,
                                    interval,
                                    row.get(0).asLong(),
                                    Stream.of(1, 2, 3, 4, 5, 7, 9, 10)
                                            .map(i -> row.get(i).asString())
                                            .toList(),
                                    row.get(8).asLong()));
                }
            }
        }
        return candles;
    }

    /** Candles of one recording of trades, of that interval; those at its ends are not whole. */
    static List<Candle> ofTrades(Instrument instrument, Interval interval) throws IOException {
        List<Candle> candles = new ArrayList<>();
        Optional<Path> file = file("binance-spot-btcusdt/btcusdt_klines_" + interval.id() + ".csv");
        if (file.isEmpty()) {
            return candles;
        }
        List<String> lines = Files.readAllLines(file.get());
        for (String line : lines.subList(1, lines.size())) {
            String[] cell = line.split(",");
            candles.add(
                    candle(
                            instrument,
                            interval,
                            Long.parseLong(cell[0]),
                            List.of(
                                    cell[1], cell[2], cell[3], cell[4], cell[5], cell[6], cell[8],
                                    cell[9]),
                            Long.parseLong(cell[7])));
        }
        return candles;
    }

    /**
     * @param values open, high, low, close, volume, quote volume, what takers bought of either
     */
    private static Candle candle(
            Instrument instrument,
            Interval interval,
            long openTimeMs,
            List<String> values,
            long trades) {
        EpochMicros openTime = EpochMicros.ofMillis(openTimeMs);
        return new Candle(
                instrument,
                interval,
                openTime,
                interval.closeTimeOf(openTime),
                interval.next(openTime),
                Price.of(values.get(0)),
                Price.of(values.get(1)),
                Price.of(values.get(2)),
                Price.of(values.get(3)),
                Quantity.of(values.get(4)),
                Quantity.of(values.get(5)),
                trades,
                Quantity.of(values.get(6)),
                Quantity.of(values.get(7)),
                true,
                Origin.REST);
    }
}
