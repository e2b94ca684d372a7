package io.tapeline.aggregator.tap;

import io.tapeline.aggregator.store.StoreNames;

/** What can be followed: what a store holds. */
public enum Kind {
    PRICES(StoreNames.PRICES),
    TICKERS(StoreNames.TICKERS),
    CANDLES(StoreNames.CANDLES),
    BOOKS(StoreNames.BOOKS);

    private final String store;

    Kind(String store) {
        this.store = store;
    }

    /** The store's name. */
    public String store() {
        return store;
    }

    /**
     * @throws IllegalArgumentException if no store that can be followed has the name
     */
    public static Kind of(String store) {
        for (Kind kind : values()) {
            if (kind.store.equals(store)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "store: \"" + store + "\" is not prices, tickers, candles or books");
    }
}
