package io.tapeline.exchange.market;

/** What {@code exchangeInfo} says of a pair's trading (EXCHANGES A.6). */
public enum PairStatus {
    TRADING,
    HALT,
    BREAK,
    /** Orders can be cancelled, none can be placed. */
    CANCEL_ONLY
}
