package io.tapeline.query.candles;

/** Where the newest part of an answered candle came from. */
public enum CandleOrigin {
    /** The state that follows the exchange's stream. */
    STREAM,
    HISTORY,
    /** Fetched from the exchange for this question. */
    EXCHANGE
}
