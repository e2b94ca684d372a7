package io.tapeline.query.routing;

import java.util.Locale;

/** The aggregators' stores, as the routing table names them. */
public enum Store {
    PRICES,
    TICKERS,
    CANDLES,
    BOOKS;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
