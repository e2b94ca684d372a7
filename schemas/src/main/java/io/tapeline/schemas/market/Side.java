package io.tapeline.schemas.market;

/** A side of an order book. */
public enum Side {
    BID,
    ASK
}
