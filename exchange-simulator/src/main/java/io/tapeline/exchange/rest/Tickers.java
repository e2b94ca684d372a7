package io.tapeline.exchange.rest;

import io.tapeline.exchange.market.BookSide;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairSpec;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.Trade;
import io.tapeline.exchange.market.Window;
import java.util.List;
import java.util.Set;

/**
 * {@code ticker/24hr}, {@code ticker/price} and {@code ticker/bookTicker}, of one symbol, some, or
 * all (EXCHANGES A.6).
 */
final class Tickers {

    private static final Set<String> SELECTION = Set.of("symbol", "symbols", "symbolStatus");

    private final Market market;

    Tickers(Market market) {
        this.market = market;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                                "ticker/24hr",
                                Set.of("symbol", "symbols", "symbolStatus", "type"),
                                Tickers::dayWeight,
                                this::day)
                        .inParts(),
                new Endpoint(
                                "ticker/price",
                                SELECTION,
                                Tickers::lightWeight,
                                (p, out) -> each(p, out, this::everListed, this::price))
                        .inParts(),
                new Endpoint(
                                "ticker/bookTicker",
                                SELECTION,
                                Tickers::lightWeight,
                                (p, out) -> each(p, out, this::listed, this::best))
                        .inParts());
    }

    private static int dayWeight(Parameters parameters) {
        if (parameters.has("symbol")) {
            return 2;
        }
        List<String> symbols = parameters.symbols();
        int count = symbols == null ? Integer.MAX_VALUE : symbols.size();
        return count <= 20 ? 2 : count <= 100 ? 40 : 80;
    }

    private static int lightWeight(Parameters parameters) {
        return parameters.has("symbol") ? 2 : 4;
    }

    private interface One {
        void write(JsonWriter out, PairStreams pair);
    }

    /** Each pair is told at one point of the flow, not all of them at the same. */
    private void each(Parameters parameters, JsonWriter out, Lookup lookup, One one) {
        String status = parameters.text("symbolStatus");
        List<String> symbols = parameters.symbols();
        if (parameters.has("symbol")) {
            if (symbols != null) {
                throw ApiError.badCombination();
            }
            PairStreams pair = lookup.pair(parameters.symbol());
            SymbolInfo.checkStatus(status, pair.pair());
            market.move(() -> one.write(out, pair));
            return;
        }
        out.character('[');
        for (PairStreams pair :
                symbols == null ? market.pairs() : MarketData.pairs(market, symbols)) {
            if (SymbolInfo.matches(status, pair.pair())) {
                market.move(() -> one.write(out, pair));
                out.character(',');
            }
        }
        out.dropComma().character(']');
    }

    private interface Lookup {
        PairStreams pair(String symbol);
    }

    private PairStreams listed(String symbol) {
        return MarketData.pair(market, symbol);
    }

    /** A delisted pair still has a last price (A.6). */
    private PairStreams everListed(String symbol) {
        PairStreams delisted = market.delisted(symbol);
        return delisted == null ? listed(symbol) : delisted;
    }

    private void day(Parameters parameters, JsonWriter out) {
        String type = parameters.text("type");
        if (type != null && !type.equals("FULL") && !type.equals("MINI")) {
            throw ApiError.badTickerType();
        }
        boolean mini = "MINI".equals(type);
        each(parameters, out, this::listed, (to, pair) -> day(to, pair, mini));
    }

    private void day(JsonWriter out, PairStreams streams, boolean mini) {
        Pair pair = streams.pair();
        PairSpec spec = pair.spec();
        Window.Stats stats = streams.day().at(market.nowMicros());
        out.raw("{\"symbol\":").quoted(spec.symbol());
        if (!mini) {
            price(out, "priceChange", stats.change(), spec);
            out.raw(",\"priceChangePercent\":").decimal(stats.changePermille100(), 3, 3);
            out.raw(",\"weightedAvgPrice\":")
                    .decimal(stats.weightedAverage(spec), Math.max(8, spec.priceScale()));
            price(out, "prevClosePrice", stats.previousClose(), spec);
            price(out, "lastPrice", stats.candle().close(), spec);
            Trade last = pair.lastTrade();
            quantity(out, "lastQty", last == null ? 0 : last.quantity(), spec);
            side(out, "bid", pair.book().bids(), spec);
            side(out, "ask", pair.book().asks(), spec);
        }
        price(out, "openPrice", stats.candle().open(), spec);
        price(out, "highPrice", stats.candle().high(), spec);
        price(out, "lowPrice", stats.candle().low(), spec);
        if (mini) {
            price(out, "lastPrice", stats.candle().close(), spec);
        }
        out.raw(",\"volume\":").decimal(stats.candle().volume(), spec.quantityScale());
        out.raw(",\"quoteVolume\":").decimal(stats.candle().quoteVolume(), spec.quoteScale());
        out.raw(",\"openTime\":")
                .time(stats.openMicros())
                .raw(",\"closeTime\":")
                .time(stats.closeMicros());
        out.raw(",\"firstId\":")
                .number(stats.candle().firstId())
                .raw(",\"lastId\":")
                .number(stats.candle().lastId());
        out.raw(",\"count\":").number(stats.candle().count()).character('}');
    }

    private void price(JsonWriter out, PairStreams streams) {
        PairSpec spec = streams.pair().spec();
        out.raw("{\"symbol\":").quoted(spec.symbol()).raw(",\"price\":");
        out.decimal(Math.max(0, streams.pair().lastPrice()), spec.priceScale()).character('}');
    }

    private void best(JsonWriter out, PairStreams streams) {
        PairSpec spec = streams.pair().spec();
        out.raw("{\"symbol\":").quoted(spec.symbol());
        side(out, "bid", streams.pair().book().bids(), spec);
        side(out, "ask", streams.pair().book().asks(), spec);
        out.character('}');
    }

    private static void side(JsonWriter out, String name, BookSide side, PairSpec spec) {
        price(out, name + "Price", side.isEmpty() ? 0 : side.price(0), spec);
        quantity(out, name + "Qty", side.isEmpty() ? 0 : side.quantity(0), spec);
    }

    private static void price(JsonWriter out, String field, long price, PairSpec spec) {
        out.character(',').quoted(field).character(':').decimal(price, spec.priceScale());
    }

    private static void quantity(JsonWriter out, String field, long quantity, PairSpec spec) {
        out.character(',').quoted(field).character(':').decimal(quantity, spec.quantityScale());
    }
}
