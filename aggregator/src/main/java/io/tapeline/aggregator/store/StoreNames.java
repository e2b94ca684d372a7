package io.tapeline.aggregator.store;

/** The stores, as the topology and the routing table name them. */
public final class StoreNames {

    public static final String PRICES = "prices";
    public static final String TICKERS = "tickers";
    public static final String CANDLES = "candles";
    public static final String CANDLE_GAPS = "candle-gaps";
    public static final String BOOKS = "books";

    private StoreNames() {}
}
