package io.tapeline.exchange.rest;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairSpec;
import io.tapeline.exchange.market.PairStreams;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code exchangeInfo}: the pairs, their filters, and the limits (EXCHANGES A.6). */
final class SymbolInfo {

    private static final int WEIGHT = 20;
    private static final long MOST_TICKS = 900_000_000L;
    private static final long MOST_LOTS = 900_000_000_000_000L;
    private static final Set<String> STATUSES = Set.of("TRADING", "HALT", "BREAK");

    private final Market market;
    private final Limits limits;

    SymbolInfo(Market market, Limits limits) {
        this.market = market;
        this.limits = limits;
    }

    Endpoint endpoint() {
        return new Endpoint(
                        "exchangeInfo",
                        Set.of(
                                "symbol",
                                "symbols",
                                "permissions",
                                "showPermissionSets",
                                "symbolStatus"),
                        p -> WEIGHT,
                        this::write)
                .inParts();
    }

    /** Asking for one symbol in another status than it has is a mismatch. */
    static void checkStatus(@Nullable String status, Pair pair) {
        if (!matches(status, pair)) {
            throw ApiError.statusMismatch();
        }
    }

    /** Whether the pair has the status that is asked for; on many symbols it filters silently. */
    static boolean matches(@Nullable String status, Pair pair) {
        if (status != null && !STATUSES.contains(status)) {
            throw ApiError.badSymbolStatus();
        }
        return status == null || status.equals(pair.status().name());
    }

    private void write(Parameters parameters, JsonWriter out) {
        Collection<PairStreams> pairs = chosen(parameters);
        boolean permissionSets = !"false".equals(parameters.text("showPermissionSets"));
        out.raw("{\"timezone\":\"UTC\",\"serverTime\":").time(market.at(market::nowMicros));
        out.raw(
                ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":");
        out.number(limits.requestWeightPerMinute());
        out.raw(
                "},{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":100}");
        out.raw(
                ",{\"rateLimitType\":\"ORDERS\",\"interval\":\"DAY\",\"intervalNum\":1,\"limit\":200000}");
        out.raw(
                ",{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\",\"intervalNum\":5,\"limit\":");
        out.number(limits.rawRequestsPer5Minutes()).raw("}],\"exchangeFilters\":[],\"symbols\":[");
        for (PairStreams pair : pairs) {
            symbol(out, pair.pair(), permissionSets);
            out.character(',');
        }
        out.dropComma().raw("]}");
    }

    private Collection<PairStreams> chosen(Parameters parameters) {
        String status = parameters.text("symbolStatus");
        List<String> symbols = parameters.symbols();
        boolean one = parameters.has("symbol");
        int selectors =
                (one ? 1 : 0) + (symbols == null ? 0 : 1) + (parameters.has("permissions") ? 1 : 0);
        if (selectors > 1 || (status != null && (one || symbols != null))) {
            throw ApiError.badCombination();
        }
        if (one) {
            return List.of(MarketData.pair(market, parameters.symbol()));
        }
        if (symbols != null) {
            return MarketData.pairs(market, symbols);
        }
        if (status != null && !STATUSES.contains(status)) {
            throw ApiError.badSymbolStatus();
        }
        boolean spot =
                !parameters.has("permissions")
                        || parameters.mandatory("permissions").contains("SPOT");
        return spot
                ? market.pairs().stream().filter(pair -> matches(status, pair.pair())).toList()
                : List.of();
    }

    private static void symbol(JsonWriter out, Pair pair, boolean permissionSets) {
        PairSpec spec = pair.spec();
        out.raw("{\"symbol\":")
                .quoted(spec.symbol())
                .raw(",\"status\":")
                .quoted(pair.status().name())
                .raw(",\"baseAsset\":")
                .quoted(spec.baseAsset());
        out.raw(",\"baseAssetPrecision\":8,\"quoteAsset\":").quoted(spec.quoteAsset());
        out.raw(
                ",\"quotePrecision\":8,\"quoteAssetPrecision\":8,\"baseCommissionPrecision\":8,\"quoteCommissionPrecision\":8");
        out.raw(
                ",\"orderTypes\":[\"LIMIT\",\"LIMIT_MAKER\",\"MARKET\",\"STOP_LOSS\",\"STOP_LOSS_LIMIT\",\"TAKE_PROFIT\",");
        out.raw(
                "\"TAKE_PROFIT_LIMIT\"],\"icebergAllowed\":true,\"ocoAllowed\":true,\"otoAllowed\":true,\"opoAllowed\":true");
        out.raw(
                ",\"quoteOrderQtyMarketAllowed\":true,\"allowTrailingStop\":true,\"cancelReplaceAllowed\":true");
        out.raw(
                ",\"amendAllowed\":true,\"pegInstructionsAllowed\":true,\"isSpotTradingAllowed\":true");
        out.raw(
                ",\"isMarginTradingAllowed\":false,\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"minPrice\":");
        out.decimal(spec.tickUnits(), spec.priceScale()).raw(",\"maxPrice\":");
        out.decimal(spec.tickUnits() * MOST_TICKS, spec.priceScale()).raw(",\"tickSize\":");
        out.decimal(spec.tickUnits(), spec.priceScale());
        out.raw("},{\"filterType\":\"LOT_SIZE\",\"minQty\":")
                .decimal(spec.lotUnits(), spec.quantityScale());
        out.raw(",\"maxQty\":").decimal(spec.lotUnits() * MOST_LOTS, spec.quantityScale());
        out.raw(",\"stepSize\":").decimal(spec.lotUnits(), spec.quantityScale());
        out.raw(
                "},{\"filterType\":\"ICEBERG_PARTS\",\"limit\":10},{\"filterType\":\"MAX_NUM_ORDERS\",\"maxNumOrders\":200}");
        out.raw(
                ",{\"filterType\":\"MAX_NUM_ALGO_ORDERS\",\"maxNumAlgoOrders\":5}],\"permissions\":[]");
        out.raw(permissionSets ? ",\"permissionSets\":[[\"SPOT\"]]" : "");
        out.raw(
                ",\"defaultSelfTradePreventionMode\":\"EXPIRE_MAKER\",\"allowedSelfTradePreventionModes\":");
        out.raw("[\"EXPIRE_TAKER\",\"EXPIRE_MAKER\",\"EXPIRE_BOTH\",\"DECREMENT\"]}");
    }
}
