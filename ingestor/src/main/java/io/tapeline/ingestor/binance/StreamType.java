package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.schemas.market.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of stream that can be asked for, as it stands after the {@code @} of a stream's name
 * ({@code kline_1m}, {@code depth@100ms}), or whole for all instruments ({@code !miniTicker@arr});
 * EXCHANGES.md A.4.
 */
public record StreamType(String suffix, EventKind kind) {

    private static final String KLINE = "kline_";

    /** The one array of all instruments that there still is (EXCHANGES.md A.4). */
    static final String ALL_MINI_TICKERS = "!miniTicker@arr";

    /**
     * @throws IllegalArgumentException naming what can be asked for
     */
    public static StreamType of(String suffix) {
        return new StreamType(suffix, kindOf(suffix));
    }

    private static EventKind kindOf(String suffix) {
        if (suffix.startsWith(KLINE)) {
            var _ = Interval.of(suffix.substring(KLINE.length()));
            return EventKind.KLINES;
        }
        return switch (suffix) {
            case "ticker", "miniTicker", ALL_MINI_TICKERS -> EventKind.TICKERS;
            case "depth", "depth@100ms" -> EventKind.DEPTH;
            case "bookTicker",
                    "depth5",
                    "depth10",
                    "depth20",
                    "depth5@100ms",
                    "depth10@100ms",
                    "depth20@100ms" ->
                    EventKind.PICTURES;
            default ->
                    throw new IllegalArgumentException(
                            "stream type: \""
                                    + suffix
                                    + "\" is not one of kline_<interval>, ticker, miniTicker,"
                                    + " !miniTicker@arr, depth, depth@100ms, and of the audit"
                                    + " bookTicker, depth5, depth10, depth20, each of these three"
                                    + " also @100ms");
        };
    }

    /**
     * A stream that a book is audited with.
     *
     * @throws IllegalArgumentException naming what can be asked for
     */
    public static StreamType ofAudit(String suffix) {
        StreamType type = of(suffix);
        if (type.kind() != EventKind.PICTURES) {
            throw new IllegalArgumentException(
                    "audit stream: \"" + suffix + "\" shows no book; depth20 and bookTicker do");
        }
        return type;
    }

    /** The length of the candles, empty if it brings none. */
    public Optional<Interval> interval() {
        return kind == EventKind.KLINES
                ? Optional.of(Interval.of(suffix.substring(KLINE.length())))
                : Optional.empty();
    }

    /** Whether one subscription brings the events of all instruments, in arrays. */
    boolean ofAllInstruments() {
        return suffix.startsWith("!");
    }

    /** Symbols are in lower case in stream names (EXCHANGES.md A.2). */
    String streamOf(String symbol) {
        return ofAllInstruments() ? suffix : symbol.toLowerCase(Locale.ROOT) + "@" + suffix;
    }
}
