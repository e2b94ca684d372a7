package io.tapeline.aggregator.candle;

/** What becomes of a candle's update. Only an accepted one is kept and told. */
public enum CandleVerdict {
    ACCEPTED,
    /** The candle is known as of this time. */
    DUPLICATE,
    /** The candle is known as of a later time, or closed. */
    OLDER,
    /** The candle closed already: nothing changes it, and it is told once. */
    CLOSED_ALREADY,
    /** Older than the candles that are kept, so that it cannot be known whether it was told. */
    EXPIRED
}
