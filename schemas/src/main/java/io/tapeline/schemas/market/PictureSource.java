package io.tapeline.schemas.market;

/** What shows a part of the exchange's book as of an update id. */
public enum PictureSource {
    /** The stream of best bid and ask. */
    BOOK_TICKER,
    /** The stream of the best few levels. */
    PARTIAL_DEPTH,
    /** An answer to a request for the book. */
    SNAPSHOT
}
