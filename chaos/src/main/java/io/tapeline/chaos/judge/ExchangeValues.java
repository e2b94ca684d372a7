package io.tapeline.chaos.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Answers of the exchange and of the API as numbers that compare by value. */
public final class ExchangeValues {

    private ExchangeValues() {}

    /** Bids and asks, best first, of a book's answer or of the exchange's own. */
    public static List<List<Map.Entry<BigDecimal, BigDecimal>>> sides(JsonNode book) {
        return List.of(side(book.get("bids")), side(book.get("asks")));
    }

    /** Of the exchange's own book what lies within the authoritative range of an answer. */
    public static List<List<Map.Entry<BigDecimal, BigDecimal>>> sidesWithin(
            JsonNode book, JsonNode range) {
        JsonNode low = range.get("low");
        JsonNode high = range.get("high");
        return List.of(
                side(book.get("bids")).stream()
                        .filter(level -> low.isNull() || level.getKey().compareTo(plain(low)) >= 0)
                        .toList(),
                side(book.get("asks")).stream()
                        .filter(level ->
                                high.isNull() || level.getKey().compareTo(plain(high)) <= 0)
                        .toList());
    }

    private static List<Map.Entry<BigDecimal, BigDecimal>> side(JsonNode levels) {
        return levels.valueStream()
                .map(level -> Map.entry(plain(level.get(0)), plain(level.get(1))))
                .toList();
    }

    public static BigDecimal plain(JsonNode text) {
        return new BigDecimal(text.asString()).stripTrailingZeros();
    }
}
