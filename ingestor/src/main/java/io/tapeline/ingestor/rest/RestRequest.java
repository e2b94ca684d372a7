package io.tapeline.ingestor.rest;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request to Binance's REST: its address and its weight (EXCHANGES.md A.6). */
public sealed interface RestRequest {

    /** Of the exchange's limit a minute. */
    int weight();

    /** Path and query, symbols percent-encoded. */
    String target();

    /** All instruments and the exchange's limits. */
    record ExchangeInfo() implements RestRequest {

        @Override
        public int weight() {
            return 20;
        }

        @Override
        public String target() {
            return "/api/v3/exchangeInfo";
        }
    }

    /**
     * A snapshot of a book.
     *
     * @param limit levels a side, 1 to 5000
     */
    record Depth(String symbol, int limit) implements RestRequest {

        public static final int MOST = 5000;

        /** A fifth of the weight of {@link #MOST}. */
        public static final int USUAL = 1000;

        public Depth {
            checkLimit("depth", limit, MOST);
        }

        @Override
        public int weight() {
            if (limit <= 100) {
                return 5;
            }
            if (limit <= 500) {
                return 25;
            }
            return limit <= 1000 ? 50 : 250;
        }

        @Override
        public String target() {
            return "/api/v3/depth?symbol=" + encoded(symbol) + "&limit=" + limit;
        }

        /** As the raw record's header names it. */
        public String stream() {
            return "rest/depth?limit=" + limit;
        }

        /** The same for an answer that is only to be held against the book. */
        public String auditStream() {
            return stream() + "&purpose=audit";
        }
    }

    /**
     * Candles in the order of time. With {@code from} the oldest from there, else the newest.
     *
     * @param from open time of the first, inclusive
     * @param to open time of the last, inclusive
     * @param limit 1 to 1000
     */
    record Klines(
            String symbol,
            Interval interval,
            Optional<EpochMicros> from,
            Optional<EpochMicros> to,
            int limit)
            implements RestRequest {

        public static final int MOST = 1000;

        public Klines {
            checkLimit("klines", limit, MOST);
            if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
                throw new IllegalArgumentException(
                        "klines: from " + from.get() + " is after to " + to.get());
            }
        }

        @Override
        public int weight() {
            return 2;
        }

        @Override
        public String target() {
            return "/api/v3/klines?symbol="
                    + encoded(symbol)
                    + "&interval="
                    + interval.id()
                    + from.map(time -> "&startTime=" + time.toMillis()).orElse("")
                    + to.map(time -> "&endTime=" + time.toMillis()).orElse("")
                    + "&limit="
                    + limit;
        }

        /** As the raw record's header names it. */
        public static String stream(Interval interval) {
            return "rest/klines?interval=" + interval.id();
        }

        /** Likewise, of candles that complete the past rather than the tape. */
        public static String streamForHistory(Interval interval) {
            return stream(interval) + "&purpose=history";
        }
    }

    /**
     * Prices and statistics of the last 24 hours.
     *
     * @param symbol empty for all, in an array
     */
    record Tickers(Optional<String> symbol) implements RestRequest {

        public static final int WEIGHT_OF_ONE = 2;
        public static final int WEIGHT_OF_ALL = 80;

        /** As the raw record's header names it. */
        public static final String STREAM = "rest/ticker/24hr";

        public static Tickers of(String symbol) {
            return new Tickers(Optional.of(symbol));
        }

        public static Tickers ofAll() {
            return new Tickers(Optional.empty());
        }

        @Override
        public int weight() {
            return symbol.isPresent() ? WEIGHT_OF_ONE : WEIGHT_OF_ALL;
        }

        @Override
        public String target() {
            return "/api/v3/ticker/24hr"
                    + symbol.map(name -> "?symbol=" + encoded(name)).orElse("");
        }
    }

    /**
     * Prices and statistics of the last 24 hours of some instruments, in an array; the exchange
     * refuses the whole if it does not know one of them.
     *
     * @param symbols 1 to 20, which together weigh no more than one
     */
    record SomeTickers(List<String> symbols) implements RestRequest {

        public static final int MOST = 20;

        public SomeTickers {
            symbols = List.copyOf(symbols);
            checkLimit("some tickers", symbols.size(), MOST);
        }

        @Override
        public int weight() {
            return Tickers.WEIGHT_OF_ONE;
        }

        @Override
        public String target() {
            return "/api/v3/ticker/24hr?symbols="
                    + encoded(
                            symbols.stream()
                                    .map(symbol -> '"' + symbol + '"')
                                    .collect(Collectors.joining(",", "[", "]")));
        }
    }

    private static void checkLimit(String request, int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException(
                    request + ": limit " + limit + " is not 1 to " + most);
        }
    }

    private static String encoded(String symbol) {
        return URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    }
}
