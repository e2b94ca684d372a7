package io.tapeline.exchange.market;

import java.util.Optional;

/**
 * A stream's name, understood.
 *
 * @param text as subscribed, e.g. {@code btcusdt@depth@100ms}
 * @param symbol what stands before the {@code @}; empty for a stream of all symbols
 */
public record StreamName(String text, String symbol, Kind kind) {

    /** What a stream carries (EXCHANGES A.4). */
    public sealed interface Kind {}

    public record Trades() implements Kind {}

    public record AggregateTrades() implements Kind {}

    public record BookTickers() implements Kind {}

    public record Diffs(DepthSpeed speed) implements Kind {}

    public record Partial(int levels, DepthSpeed speed) implements Kind {}

    /**
     * @param offsetMillis how far the zone that draws the candles' borders is ahead of UTC
     */
    public record Klines(Interval interval, long offsetMillis) implements Kind {}

    public record Tickers() implements Kind {}

    public record MiniTickers() implements Kind {}

    /**
     * @param width {@code 1h}, {@code 4h} or {@code 1d}
     */
    public record WindowTickers(String width, long millis) implements Kind {}

    public record AveragePrices() implements Kind {}

    /**
     * A well-formed name of which nothing ever comes: retired or never known (EXCHANGES A.3, A.8
     * point 15).
     */
    public record Silent() implements Kind {}

    private static final long MILLIS_PER_HOUR = 3_600_000L;

    /** Understands the name; empty where it is malformed. */
    public static Optional<StreamName> parse(String text) {
        if (text.startsWith("!")) {
            return text.length() == 1 || text.startsWith("!@")
                    ? Optional.empty()
                    : Optional.of(new StreamName(text, "", allSymbols(text)));
        }
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(
                new StreamName(text, text.substring(0, at), kind(text.substring(at + 1))));
    }

    private static Kind allSymbols(String text) {
        return switch (text) {
            case "!miniTicker@arr" -> new MiniTickers();
            case "!ticker_1h@arr" -> window("1h");
            case "!ticker_4h@arr" -> window("4h");
            case "!ticker_1d@arr" -> window("1d");
            default -> new Silent();
        };
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "trade" -> new Trades();
            case "aggTrade" -> new AggregateTrades();
            case "bookTicker" -> new BookTickers();
            case "ticker" -> new Tickers();
            case "miniTicker" -> new MiniTickers();
            case "ticker_1h" -> window("1h");
            case "ticker_4h" -> window("4h");
            case "ticker_1d" -> window("1d");
            case "avgPrice" -> new AveragePrices();
            case "depth" -> new Diffs(DepthSpeed.MILLIS_1000);
            case "depth@100ms" -> new Diffs(DepthSpeed.MILLIS_100);
            case "depth5", "depth10", "depth20" ->
                    new Partial(Integer.parseInt(type.substring(5)), DepthSpeed.MILLIS_1000);
            case "depth5@100ms", "depth10@100ms", "depth20@100ms" ->
                    new Partial(
                            Integer.parseInt(type.substring(5, type.indexOf('@'))),
                            DepthSpeed.MILLIS_100);
            default -> type.startsWith("kline_") ? klines(type.substring(6)) : new Silent();
        };
    }

    private static Kind klines(String rest) {
        int at = rest.indexOf('@');
        Optional<Interval> interval = Interval.of(at < 0 ? rest : rest.substring(0, at));
        if (interval.isEmpty()) {
            return new Silent();
        }
        if (at < 0) {
            return new Klines(interval.get(), 0);
        }
        // The documents name this one zone only; any other is a name of which nothing comes.
        return rest.substring(at + 1).equals("+08:00")
                ? new Klines(interval.get(), 8 * MILLIS_PER_HOUR)
                : new Silent();
    }

    private static Kind window(String width) {
        return new WindowTickers(
                width,
                switch (width) {
                    case "1h" -> MILLIS_PER_HOUR;
                    case "4h" -> 4 * MILLIS_PER_HOUR;
                    default -> 24 * MILLIS_PER_HOUR;
                });
    }
}
