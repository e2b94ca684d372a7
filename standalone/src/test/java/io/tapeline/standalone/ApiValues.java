package io.tapeline.standalone;

import io.tapeline.chaos.judge.ExchangeValues;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.standalone.RecordedMarket.RecordedCandle;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The API's answers as numbers that compare by value. */
final class ApiValues {

    private static final long MINUTE_MS = 60_000;

    private ApiValues() {}

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
                                ExchangeValues.plain(candle.get("open")),
                                ExchangeValues.plain(candle.get("high")),
                                ExchangeValues.plain(candle.get("low")),
                                ExchangeValues.plain(candle.get("close")),
                                ExchangeValues.plain(candle.get("volume")),
                                ExchangeValues.plain(candle.get("quoteVolume")),
                                candle.get("trades").asLong(),
                                ExchangeValues.plain(candle.get("takerBuyVolume")),
                                ExchangeValues.plain(candle.get("takerBuyQuoteVolume"))));
            }
        }
        return candles;
    }
}
