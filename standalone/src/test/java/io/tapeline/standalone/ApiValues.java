package io.tapeline.standalone;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.standalone.RecordedMarket.RecordedCandle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The API's answers as numbers that compare by value. */
final class ApiValues {

    private static final long MINUTE_MS = 60_000;

    private ApiValues() {}

    /** Bids and asks, best first, of a book's answer or of the exchange's own. */
    static List<List<Map.Entry<BigDecimal, BigDecimal>>> sides(JsonNode book) {
        return List.of(side(book.get("bids")), side(book.get("asks")));
    }

    private static List<Map.Entry<BigDecimal, BigDecimal>> side(JsonNode levels) {
        return levels.valueStream()
                .map(level -> Map.entry(plain(level.get(0)), plain(level.get(1))))
                .toList();
    }

    static BigDecimal plain(JsonNode text) {
        return new BigDecimal(text.asString()).stripTrailingZeros();
    }

    /** Asks for the minutes from the first to the last of the wanted ones. */
    static String klinesPath(NavigableMap<Long, RecordedCandle> wanted) {
        return "/v1/klines/binance/BTCUSDT?interval=1m&limit=1000&from=%s&to=%s"
                .formatted(
                        EpochMicros.ofMillis(wanted.firstKey()),
                        EpochMicros.ofMillis(wanted.lastKey() + MINUTE_MS));
    }

    static List<Long> openTimes(JsonNode candles) {
        return candles.get("items").valueStream().map(ApiValues::openTime).toList();
    }

    private static long openTime(JsonNode candle) {
        return Instant.parse(candle.get("openTime").asString()).toEpochMilli();
    }

    /** The closed candles of an answer that open at the given times. */
    static NavigableMap<Long, RecordedCandle> candles(JsonNode answer, Set<Long> openTimes) {
        NavigableMap<Long, RecordedCandle> candles = new TreeMap<>();
        for (JsonNode candle : answer.get("items")) {
            if (openTimes.contains(openTime(candle)) && candle.get("closed").asBoolean()) {
                candles.put(
                        openTime(candle),
                        new RecordedCandle(
                                plain(candle.get("open")),
                                plain(candle.get("high")),
                                plain(candle.get("low")),
                                plain(candle.get("close")),
                                plain(candle.get("volume")),
                                plain(candle.get("quoteVolume")),
                                candle.get("trades").asLong(),
                                plain(candle.get("takerBuyVolume")),
                                plain(candle.get("takerBuyQuoteVolume"))));
            }
        }
        return candles;
    }
}
