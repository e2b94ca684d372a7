package io.tapeline.aggregator.line;

import java.util.Locale;

/** What a line's records are of: one for each raw topic. */
public enum LineKind {
    DEPTH,
    KLINES,
    TICKERS;

    /** {@code depth} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
