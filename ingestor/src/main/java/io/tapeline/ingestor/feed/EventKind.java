package io.tapeline.ingestor.feed;

/** What an event tells of; each kind has a raw topic of its own. */
public enum EventKind {
    KLINES,
    TICKERS,
    DEPTH
}
