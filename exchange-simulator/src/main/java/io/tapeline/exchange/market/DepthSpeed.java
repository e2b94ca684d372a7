package io.tapeline.exchange.market;

/** How often the book streams speak (EXCHANGES A.4). */
public enum DepthSpeed {
    MILLIS_100,
    MILLIS_1000
}
