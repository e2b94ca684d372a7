package io.tapeline.exchange.rest;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.market.AggregateTrade;
import io.tapeline.exchange.market.AveragePrice;
import io.tapeline.exchange.market.Book;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairSpec;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.Trade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The public market data endpoints of {@code /api/v3}, answered from the market's state. */
final class MarketData {

    private static final int MOST_DEPTH = 5_000;
    private static final int MOST_ROWS = 1_000;

    private final Market market;
    private final SymbolInfo symbolInfo;
    private final Klines klines;
    private final Tickers tickers;
    private final RestFaults faults;

    MarketData(Market market, Limits limits, RestFaults faults) {
        this.market = market;
        this.symbolInfo = new SymbolInfo(market, limits);
        this.klines = new Klines(market);
        this.tickers = new Tickers(market);
        this.faults = faults;
    }

    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(new Endpoint("ping", Set.of(), p -> 1, (p, out) -> out.raw("{}")));
        endpoints.add(new Endpoint("time", Set.of(), p -> 1, this::time));
        endpoints.add(symbolInfo.endpoint());
        endpoints.add(
                new Endpoint(
                        "depth",
                        Set.of("symbol", "limit", "symbolStatus"),
                        MarketData::depthWeight,
                        this::depth));
        endpoints.addAll(klines.endpoints());
        endpoints.addAll(tickers.endpoints());
        endpoints.add(new Endpoint("trades", Set.of("symbol", "limit"), p -> 25, this::trades));
        endpoints.add(
                new Endpoint(
                        "aggTrades",
                        Set.of("symbol", "limit", "fromId", "startTime", "endTime"),
                        p -> 4,
                        this::aggregateTrades));
        endpoints.add(new Endpoint("avgPrice", Set.of("symbol"), p -> 2, this::averagePrice));
        return endpoints;
    }

    private void time(Parameters parameters, JsonWriter out) {
        out.raw("{\"serverTime\":").time(market.nowMicros()).character('}');
    }

    private static int depthWeight(Parameters parameters) {
        int limit = parameters.limit(100, MOST_DEPTH);
        return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
    }

    private void depth(Parameters parameters, JsonWriter out) {
        int limit = parameters.limit(100, MOST_DEPTH);
        Pair pair = pair(market, parameters.symbol()).pair();
        SymbolInfo.checkStatus(parameters.text("symbolStatus"), pair);
        Book stale = faults.staleBook(pair.spec().symbol());
        Book book = stale == null ? pair.book() : stale;
        book.writeSnapshot(out, pair.spec(), Math.min(limit, book.knownDepth()));
    }

    private void trades(Parameters parameters, JsonWriter out) {
        int limit = parameters.limit(500, MOST_ROWS);
        Pair pair = pair(market, parameters.symbol()).pair();
        out.character('[');
        for (Trade trade : newest(pair.trades(t -> true), limit)) {
            PairSpec spec = pair.spec();
            out.raw("{\"id\":")
                    .number(trade.id())
                    .raw(",\"price\":")
                    .decimal(trade.price(), spec.priceScale());
            out.raw(",\"qty\":").decimal(trade.quantity(), spec.quantityScale());
            out.raw(",\"quoteQty\":");
            out.decimal(Math.multiplyExact(trade.price(), trade.quantity()), spec.quoteScale());
            out.raw(",\"time\":").time(trade.micros());
            out.raw(",\"isBuyerMaker\":")
                    .raw(Boolean.toString(trade.buyerIsMaker()))
                    .raw(",\"isBestMatch\":true},");
        }
        out.dropComma().character(']');
    }

    /**
     * Neither time: the newest; a start: the oldest from there, both ends inclusive; {@code fromId}
     * inclusive (A.6).
     */
    private void aggregateTrades(Parameters parameters, JsonWriter out) {
        int limit = parameters.limit(500, MOST_ROWS);
        Pair pair = pair(market, parameters.symbol()).pair();
        OptionalLong fromId = parameters.number("fromId");
        OptionalLong start = parameters.epochMillis("startTime");
        OptionalLong end = parameters.epochMillis("endTime");
        if (fromId.isPresent() && (start.isPresent() || end.isPresent())) {
            throw ApiError.badCombination();
        }
        List<AggregateTrade> found =
                pair.aggregateTrades(t ->
                        t.id() >= fromId.orElse(Long.MIN_VALUE)
                                && Math.floorDiv(t.micros(), 1_000L) >= start.orElse(Long.MIN_VALUE)
                                && Math.floorDiv(t.micros(), 1_000L) <= end.orElse(Long.MAX_VALUE));
        boolean oldestFirst = fromId.isPresent() || start.isPresent();
        List<AggregateTrade> chosen =
                oldestFirst
                        ? found.subList(0, Math.min(limit, found.size()))
                        : newest(found, limit);
        out.character('[');
        for (AggregateTrade trade : chosen) {
            PairSpec spec = pair.spec();
            out.raw("{\"a\":")
                    .number(trade.id())
                    .raw(",\"p\":")
                    .decimal(trade.price(), spec.priceScale());
            out.raw(",\"q\":").decimal(trade.quantity(), spec.quantityScale());
            out.raw(",\"f\":")
                    .number(trade.firstTradeId())
                    .raw(",\"l\":")
                    .number(trade.lastTradeId());
            out.raw(",\"T\":")
                    .time(trade.micros())
                    .raw(",\"m\":")
                    .raw(Boolean.toString(trade.buyerIsMaker()));
            out.raw(",\"M\":true},");
        }
        out.dropComma().character(']');
    }

    private void averagePrice(Parameters parameters, JsonWriter out) {
        Pair pair = pair(market, parameters.symbol()).pair();
        Trade last = pair.lastTrade();
        long now = market.nowMicros();
        out.raw("{\"mins\":").number(AveragePrice.MINUTES).raw(",\"price\":");
        out.decimal(AveragePrice.of(pair, now), Math.max(8, pair.spec().priceScale()));
        out.raw(",\"closeTime\":").time(last == null ? now : last.micros()).character('}');
    }

    private static <T> List<T> newest(List<T> all, int limit) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    static PairStreams pair(Market market, String symbol) {
        PairStreams pair = market.pair(symbol);
        if (pair == null) {
            throw ApiError.badSymbol();
        }
        return pair;
    }

    static Collection<PairStreams> pairs(Market market, List<String> symbols) {
        return symbols.stream().map(symbol -> pair(market, symbol)).toList();
    }
}
