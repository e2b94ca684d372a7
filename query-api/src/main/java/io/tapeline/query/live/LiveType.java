package io.tapeline.query.live;

import java.util.Locale;

/** What can be watched. */
public enum LiveType {
    PRICE,
    CANDLE,
    BOOK;

    /** As events and parameters name it: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
