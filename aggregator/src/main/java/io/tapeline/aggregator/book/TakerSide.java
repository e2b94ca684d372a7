package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Side;

/** Which way the one trades who takes from a book. */
public enum TakerSide {
    BUY,
    SELL;

    /**
     * @param id {@code buy} or {@code sell}
     * @throws IllegalArgumentException naming what is allowed
     */
    public static TakerSide of(String id) {
        return switch (id) {
            case "buy" -> BUY;
            case "sell" -> SELL;
            default ->
                    throw new IllegalArgumentException(
                            "side: \"" + id + "\" is not one of buy, sell");
        };
    }

    /** The side of the book that is taken from. */
    public Side takesFrom() {
        return switch (this) {
            case BUY -> Side.ASK;
            case SELL -> Side.BID;
        };
    }
}
