package io.tapeline.query.routing;

import java.util.Locale;

/** The aggregators' stores, as the routing table names them. */
public enum Store {
    PRICES,
    TICKERS,
    CANDLES,
    BOOKS;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As the table and paths name it. */
    public String id() {
        return id;
    }
}
