package io.tapeline.ingestor.feed;

/** What an event tells of, and with it the raw topic that it goes to. */
public enum EventKind {
    KLINES,
    TICKERS,
    DEPTH,
    /**
     * Looks at a book, which the audit holds it against: they go where depth goes, to meet it. One
     * that does not come is not missed, for the next shows as much: their streams are not watched
     * for silence, nothing is fetched in their place, and the ledger of gaps does not know them.
     */
    PICTURES
}
