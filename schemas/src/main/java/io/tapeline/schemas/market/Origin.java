package io.tapeline.schemas.market;

/** How a fact came from the exchange. */
public enum Origin {
    /** Told by a stream. */
    STREAM,
    /** Asked for. */
    REST
}
