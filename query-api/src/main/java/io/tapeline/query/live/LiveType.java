package io.tapeline.query.live;

import java.util.Locale;

/** What can be subscribed. */
public enum LiveType {
    /** The newest price. */
    PRICE,
    /** The candle of now. */
    CANDLE,
    /** The best levels of the book, whole, some times a second where they change. */
    BOOK,
    /** The book exactly: whole, then each change with its update ids. */
    DEPTH;

    /** As events and parameters name it: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
