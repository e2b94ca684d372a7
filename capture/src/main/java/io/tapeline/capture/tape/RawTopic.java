package io.tapeline.capture.tape;

import io.tapeline.schemas.topic.Topics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One of the raw topics. */
public enum RawTopic {
    KLINES,
    TICKERS,
    DEPTH;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As it stands in options and lines: {@code klines}. */
    public String id() {
        return id;
    }

    /** The topic's name in an installation. */
    public String in(Topics topics) {
        return switch (this) {
            case KLINES -> topics.rawKlines().name();
            case TICKERS -> topics.rawTickers().name();
            case DEPTH -> topics.rawDepth().name();
        };
    }

    /**
     * The topic of that id.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static RawTopic of(String id) {
        for (RawTopic topic : values()) {
            if (topic.id.equals(id)) {
                return topic;
            }
        }
        throw new IllegalArgumentException(
                "topic must be one of klines, tickers, depth, was " + id);
    }

    /** The topic in which records of the stream are expected; null where there is none. */
    public static @Nullable RawTopic usualFor(String stream) {
        if (stream.startsWith("rest/")) {
            return usualForRest(stream.substring("rest/".length()));
        }
        if (stream.startsWith("deribit_price_index.")) {
            return TICKERS;
        }
        int at = stream.indexOf('@');
        if (at < 0) {
            return null;
        }
        String kind = stream.substring(at + 1);
        if (kind.startsWith("kline_")) {
            return KLINES;
        }
        if (kind.startsWith("depth")) {
            return DEPTH;
        }
        return switch (kind) {
            case "ticker", "miniTicker", "bookTicker", "avgPrice" -> TICKERS;
            default -> null;
        };
    }

    private static @Nullable RawTopic usualForRest(String request) {
        int query = request.indexOf('?');
        return switch (query < 0 ? request : request.substring(0, query)) {
            case "klines", "uiKlines" -> KLINES;
            case "depth" -> DEPTH;
            case "ticker",
                    "ticker/24hr",
                    "ticker/price",
                    "ticker/bookTicker",
                    "ticker/tradingDay",
                    "avgPrice",
                    "get_index_price",
                    "simple/price" ->
                    TICKERS;
            default -> null;
        };
    }
}
