package io.tapeline.exchange.market;

/** The payloads of the trade streams, field by field in the exchange's order (EXCHANGES A.4). */
final class TradePayloads {

    private TradePayloads() {}

    static void trade(JsonWriter out, PairSpec spec, Trade trade) {
        out.raw("{\"e\":\"trade\",\"E\":")
                .time(trade.micros())
                .raw(",\"s\":")
                .quoted(spec.symbol());
        out.raw(",\"t\":")
                .number(trade.id())
                .raw(",\"p\":")
                .decimal(trade.price(), spec.priceScale());
        out.raw(",\"q\":").decimal(trade.quantity(), spec.quantityScale());
        out.raw(",\"T\":")
                .time(trade.micros())
                .raw(",\"m\":")
                .raw(Boolean.toString(trade.buyerIsMaker()));
        out.raw(",\"M\":true}");
    }

    static void aggregate(JsonWriter out, PairSpec spec, AggregateTrade trade) {
        out.raw("{\"e\":\"aggTrade\",\"E\":")
                .time(trade.micros())
                .raw(",\"s\":")
                .quoted(spec.symbol());
        out.raw(",\"a\":")
                .number(trade.id())
                .raw(",\"p\":")
                .decimal(trade.price(), spec.priceScale());
        out.raw(",\"q\":").decimal(trade.quantity(), spec.quantityScale());
        out.raw(",\"f\":").number(trade.firstTradeId()).raw(",\"l\":").number(trade.lastTradeId());
        out.raw(",\"T\":")
                .time(trade.micros())
                .raw(",\"m\":")
                .raw(Boolean.toString(trade.buyerIsMaker()));
        out.raw(",\"M\":true}");
    }
}
