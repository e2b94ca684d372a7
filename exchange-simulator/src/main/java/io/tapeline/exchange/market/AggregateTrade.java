package io.tapeline.exchange.market;

/**
 * The fills of one taker order at one price.
 *
 * @param id {@code a}
 * @param firstTradeId {@code f}
 * @param lastTradeId {@code l}
 */
public record AggregateTrade(
        long id,
        long price,
        long quantity,
        long firstTradeId,
        long lastTradeId,
        long micros,
        boolean buyerIsMaker) {

    static AggregateTrade of(long id, Trade trade) {
        return new AggregateTrade(
                id,
                trade.price(),
                trade.quantity(),
                trade.id(),
                trade.id(),
                trade.micros(),
                trade.buyerIsMaker());
    }

    /**
     * Whether the trade is another fill of the same order at the same price, as far as trades tell.
     */
    boolean continuedBy(Trade trade) {
        return trade.price() == price
                && trade.buyerIsMaker() == buyerIsMaker
                && Math.floorDiv(trade.micros(), 1_000L) == Math.floorDiv(micros, 1_000L);
    }

    AggregateTrade with(Trade trade) {
        return new AggregateTrade(
                id,
                price,
                Math.addExact(quantity, trade.quantity()),
                firstTradeId,
                trade.id(),
                micros,
                buyerIsMaker);
    }
}
