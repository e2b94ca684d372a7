package io.tapeline.query.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the native API would say of a small market. Every change gets a later event time. */
final class CannedAnswers {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CANDLES = 60;

    record Answer(int status, Object body) {}

    record Source(String topic, int partition, long offset, boolean standby) {}

    record Price(
            String venue,
            String symbol,
            String price,
            @Nullable String bid,
            @Nullable String ask,
            String eventTime,
            long ageMs,
            String state,
            Source source) {}

    record Book(
            String venue,
            String symbol,
            String state,
            long updateId,
            String eventTime,
            long ageMs,
            Map<String, String> range,
            List<List<String>> bids,
            List<List<String>> asks,
            Source source) {}

    record Candle(
            String openTime,
            String closeTime,
            String open,
            String high,
            String low,
            String close,
            String volume,
            String quoteVolume,
            long trades,
            String takerBuyVolume,
            String takerBuyQuoteVolume,
            boolean closed,
            String origin) {}

    private final SequencedMap<String, Price> prices = new LinkedHashMap<>();
    private final SequencedMap<String, Book> books = new LinkedHashMap<>();
    private final List<Map<String, String>> unreachable = new ArrayList<>();
    private long changes;
    private @Nullable String missing;

    CannedAnswers() {
        price("BTCUSDT", "61855.30");
        price("ETHUSDT", "3120.41");
        price("ETHBTC", "0.05044");
        price("PEPEUSDT", "0.00001073");
        price("BTCIDR", "1012345678.00");
        for (String symbol : List.copyOf(prices.sequencedKeySet())) {
            book(
                    symbol,
                    "LIVE",
                    List.of(List.of("100.10", "1.50000"), List.of("100.00", "2.25000")),
                    List.of(List.of("100.20", "0.75000"), List.of("100.35", "1234.00000")));
        }
    }

    Price price(String symbol, String price) {
        return price("binance", symbol, price);
    }

    synchronized Price price(String venue, String symbol, String price) {
        Price answer =
                new Price(
                        venue,
                        symbol,
                        price,
                        venue.equals("binance") ? price : null,
                        null,
                        now(),
                        40,
                        "LIVE",
                        source("tickers"));
        prices.put(symbol, answer);
        return answer;
    }

    synchronized Book book(
            String symbol, String state, List<List<String>> bids, List<List<String>> asks) {
        Book answer =
                new Book(
                        "binance",
                        symbol,
                        state,
                        71_829_340_000L + changes,
                        now(),
                        85,
                        Map.of("low", "90.00", "high", "110.00"),
                        bids,
                        asks,
                        source("depth"));
        books.put(symbol, answer);
        return answer;
    }

    synchronized Answer to(List<String> path) {
        String symbol = path.size() < 3 ? "" : path.get(2);
        return switch (path.getFirst()) {
            case "prices" -> items(List.copyOf(prices.values()));
            case "instruments" -> items(List.of(ethbtc(), btcusd()));
            case "status" -> new Answer(200, status());
            case "klines" ->
                    prices.containsKey(symbol) ? items(candles(), missing) : unknown(symbol);
            case "gaps" -> items(List.of(gap()));
            case "books" -> {
                Book book = books.get(symbol);
                yield book == null ? unknown(symbol) : new Answer(200, book);
            }
            case "tickers" ->
                    prices.containsKey(symbol) ? new Answer(200, ticker()) : unknown(symbol);
            default -> unknown(String.join("/", path));
        };
    }

    private String now() {
        return START.plusMillis(++changes).toString();
    }

    private static Source source(String kind) {
        return new Source("tapeline.raw." + kind, 3, 918_273, false);
    }

    /** From now on pages of candles are not whole, for this reason; null: they are. */
    synchronized void missing(@Nullable String why) {
        missing = why;
    }

    private static Map<String, Object> gap() {
        return Map.of(
                "found", "2026-03-01T12:03:04.500Z",
                "symbol", "BTCUSDT",
                "kind", "depth",
                "outcome", "filled",
                "how", "snapshot",
                "cause", "update ids jumped");
    }

    private static Answer items(List<?> items, @Nullable String missing) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("items", items);
        body.put("next", null);
        body.put("missing", missing);
        return new Answer(200, body);
    }

    private static Answer items(List<?> items) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("items", items);
        body.put("next", null);
        return new Answer(200, body);
    }

    private static Answer unknown(String symbol) {
        return new Answer(
                404,
                Map.of(
                        "title",
                        "Unknown instrument",
                        "status",
                        404,
                        "detail",
                        "symbol \"" + symbol + "\" is not listed"));
    }

    private static Map<String, Object> ethbtc() {
        return Map.of(
                "venue", "binance",
                "symbol", "ETHBTC",
                "status", "TRADING",
                "baseAsset", "ETH",
                "quoteAsset", "BTC",
                "tickSize", "0.00001");
    }

    private static Map<String, Object> btcusd() {
        return Map.of(
                "venue", "deribit",
                "symbol", "btc_usd",
                "status", "TRADING",
                "baseAsset", "btc",
                "quoteAsset", "usd");
    }

    private static Map<String, Object> ticker() {
        return Map.of(
                "priceChangePercent", "-1.273",
                "high", "62985.49",
                "low", "59897.97",
                "volume", "48291.12345");
    }

    /** From now on this part does not answer. */
    synchronized void unreachable(String part, String address) {
        unreachable.add(Map.of("part", part, "address", address));
    }

    private Map<String, Object> status() {
        return Map.of(
                "unreachable",
                List.copyOf(unreachable),
                "lines",
                List.of(
                        Map.of(
                                "line",
                                "a",
                                "venue",
                                "binance",
                                "state",
                                "STREAMING",
                                "connections",
                                1,
                                "streams",
                                15,
                                "newestFrameAgeMs",
                                12,
                                "received",
                                1_200,
                                "first",
                                700,
                                "missed",
                                3)),
                "lag",
                Map.of("records", 3),
                "books",
                Map.of("LIVE", books.size()),
                "freshness",
                Map.of("ageMs", 33),
                "instruments",
                5,
                "history",
                Map.of(
                        "state",
                        "RECORDING",
                        "candles",
                        10,
                        "prices",
                        20,
                        "gaps",
                        0,
                        "deadLetters",
                        0),
                "aggregators",
                List.of(Map.of("address", "127.0.0.1:9001", "state", "RUNNING", "prices", 5)));
    }

    static Map<String, Object> streamedCandle(String symbol, String close, long trades) {
        Instant open = START.plus(Duration.ofMinutes(CANDLES - 1));
        return Map.ofEntries(
                Map.entry("venue", "binance"),
                Map.entry("symbol", symbol),
                Map.entry("interval", "1m"),
                Map.entry("openTime", open.toString()),
                Map.entry("closeTime", open.plusMillis(59_999).toString()),
                Map.entry("open", "103.10"),
                Map.entry("high", "113.00"),
                Map.entry("low", "98.25"),
                Map.entry("close", close),
                Map.entry("volume", "15.25000"),
                Map.entry("quoteVolume", "1530.00000000"),
                Map.entry("trades", trades),
                Map.entry("takerBuyVolume", "5.00000"),
                Map.entry("takerBuyQuoteVolume", "500.00000000"),
                Map.entry("closed", false),
                Map.entry("origin", "stream"));
    }

    private static List<Candle> candles() {
        List<Candle> candles = new ArrayList<>();
        for (int minute = 0; minute < CANDLES; minute++) {
            Instant open = START.plus(Duration.ofMinutes(minute));
            candles.add(
                    new Candle(
                            open.toString(),
                            open.plusMillis(59_999).toString(),
                            (100 + minute % 7) + ".10",
                            (109 + minute % 5) + ".00",
                            "98.25",
                            (101 + minute % 6) + ".75",
                            (10 + minute % 9) + ".00000",
                            "1000.00000000",
                            42,
                            "5.00000",
                            "500.00000000",
                            minute < CANDLES - 1,
                            minute < 30 ? "history" : "stream"));
        }
        return candles;
    }
}
